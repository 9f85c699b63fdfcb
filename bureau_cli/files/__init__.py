"""Files of this machine: written whole or not at all, locked, and in the folders the system sets aside for them."""
