"""Doing one thing to many clients: what will be done, doing it in chunks, and what became of each."""
