"""Writes what follows from the command tree: help pages, completions, the README's table, schemas and pages of docs."""
