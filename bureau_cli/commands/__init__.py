"""What the user types: parse, ask, return. A public module here is a command group, found by its file name."""
