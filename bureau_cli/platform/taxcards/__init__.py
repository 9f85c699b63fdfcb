"""Tax cards: who is to be paid, what is ordered for them at the tax authority, and what its answers say."""
