"""The law a payroll bureau lives by, as dated facts: when things are due, at what rates, to which account."""
