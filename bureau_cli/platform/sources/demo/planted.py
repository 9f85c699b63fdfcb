"""What goes wrong in real life, planted on fixed clients so that tests and demonstrations find it again.

A client is known by its index, 0 being the bureau's own company. A portfolio of 40 clients or more has all of it.
"""

from bureau_cli.platform.sources.demo.words import HOSTILE_NAMES

INTERNAL = 0
OWNED_BY_CALLER = frozenset({1, 5, 9, 14, 19, 24, 29, 34})
NO_OWNER = 12
NOBODY_HAS_ACCESS = 15
SAME_NAME = frozenset({17, 18})
INVITED_BY_CLIENT = 21
ACCESS_ENDED = 22
DELEGATION_MISSING = 25
ACCESS_ENDS_SOON = 26
ACCESS_STARTS_SOON = 27
FINANCE = 28
TWO_PAY_GROUPS = 30
AGRICULTURE = 32
SITES_IN_MANY_ZONES = 33
OPEN_TO_USER_WHO_LEFT = frozenset({10, 20, 31})
OPEN_TO_ADMINISTRATOR = frozenset({INTERNAL, 6, 7, 8})
OPEN_TO_CALLER = frozenset({INTERNAL, 2, 3})
PAUSED = frozenset({13, 23, 38})
STATUSES = {INTERNAL: "active", 35: "onboarding", 36: "leaving", 37: "left"} | dict.fromkeys(OWNED_BY_CALLER, "active")
NAMES = dict(zip((2, 3, 4, 6, 7, 8, 11, 13, 16, 23), HOSTILE_NAMES, strict=True)) | dict.fromkeys(
    SAME_NAME, "Nordlys Bakeri AS"
)
