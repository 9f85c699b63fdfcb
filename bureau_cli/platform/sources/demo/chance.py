"""Random numbers that depend on nothing but what they are for, so that nothing added changes what is there."""

from random import Random


def chance(seed: int, client: int, topic: str) -> Random:
    """Give a client's random numbers for one topic."""
    return Random(f"{seed}/{client}/{topic}")  # noqa: S311 - invented companies, not secrets


def pick(seed: int, client: int, topic: str, values: tuple[str, ...], weights: tuple[int, ...]) -> str:
    """Pick one value for a client by weight."""
    return chance(seed, client, topic).choices(values, weights)[0]


def likely(seed: int, client: int, topic: str, likelihood: float) -> bool:
    """Tell whether something holds for a client that holds for such a share of all."""
    return chance(seed, client, topic).random() < likelihood
