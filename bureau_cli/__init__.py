"""bureau: the command line of a Norwegian payroll bureau."""

__version__ = "0.1.0"
