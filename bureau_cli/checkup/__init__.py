"""What may be wrong with an installation: one file a family of checks, one function a check.

To add a check, write a function that yields `Verdict`s and name it in its family's `CHECKS`. It may look at anything,
changes nothing, and sends nothing unless `network` was asked for.
"""
