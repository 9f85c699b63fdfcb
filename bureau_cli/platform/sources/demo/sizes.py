"""How many people the demo's clients employ."""

import math

from bureau_cli.platform.sources.demo import planted
from bureau_cli.platform.sources.demo.chance import chance

MOST_EMPLOYEES = 400
"""More has only the one client that is planted for it."""


def drawn_size(seed: int, index: int) -> int:
    """Give the size a client was drawn to have."""
    if index == planted.INTERNAL:
        return planted.SIZES[index]
    return max(1, min(MOST_EMPLOYEES, int(math.exp(chance(seed, index, "size").gauss(2.0, 1.15)))))


def positions(seed: int, index: int, pay_groups: int) -> int:
    """Give the number of positions at a client: at least one in each pay group."""
    return max(drawn_size(seed, index), planted.SIZES.get(index, 0), pay_groups)
