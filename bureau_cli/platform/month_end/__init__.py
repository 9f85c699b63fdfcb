"""A client's month, and what falls due in it: what the runs, messages and days come to."""
