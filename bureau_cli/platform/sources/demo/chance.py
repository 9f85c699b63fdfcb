"""Random numbers that depend on nothing but what they are for, so that nothing added changes what is there."""

import struct
from hashlib import shake_128
from random import Random

_ALL = 1 << 16
_THOUSAND = 1_000


class Dice:
    """A few small numbers, for one thing; made much faster than a Random, of which a large demo needs millions."""

    __slots__ = ("_left",)

    def __init__(self, count: int, *key: object) -> None:
        self._left = iter(noise(count, *key))

    def below(self, limit: int) -> int:
        """Give a number from 0 to below the limit, which is at most 65 536."""
        return next(self._left) * limit // _ALL

    def lucky(self, per_mille: int) -> bool:
        """Tell whether something comes true that does so often in a thousand times."""
        return self.below(_THOUSAND) < per_mille


def noise(count: int, *key: object) -> tuple[int, ...]:
    """Give so many numbers from 0 to 65 535."""
    return struct.unpack(f"<{count}H", shake_128("/".join(map(str, key)).encode()).digest(2 * count))


def chance(seed: int, client: int, topic: str) -> Random:
    """Give a client's random numbers for one topic."""
    return Random(f"{seed}/{client}/{topic}")  # noqa: S311 - invented companies, not secrets


def pick(seed: int, client: int, topic: str, values: tuple[str, ...], weights: tuple[int, ...]) -> str:
    """Pick one value for a client by weight."""
    return chance(seed, client, topic).choices(values, weights)[0]


def likely(seed: int, client: int, topic: str, likelihood: float) -> bool:
    """Tell whether something holds for a client that holds for such a share of all."""
    return chance(seed, client, topic).random() < likelihood
