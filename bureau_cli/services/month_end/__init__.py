"""Month-end: runs and a-meldinger, who is closed and reported, what is due, and the figures."""
