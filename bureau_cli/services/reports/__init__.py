"""What is handed on: the bureau's four reports, to be rebilled, paid by, and kept."""
