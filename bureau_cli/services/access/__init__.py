"""Who has access to which client, who owns it, and what becomes of that: listed, judged, planned and taken back."""
