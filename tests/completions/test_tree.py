"""Each parameter of the tree has been thought of: it is completed, or nobody can know what will be typed there."""

from __future__ import annotations

import pytest

from generate.completable import ANYTHING, BY_METAVAR, BY_SHAPE, NEVER, Values, commands_of, values_of
from generate.tree import Node, commands

TREE = list(commands())


@pytest.mark.parametrize("node", TREE, ids=lambda node: " ".join(("bureau", *node.words)))
def test_each_parameter_is_completed_or_cannot_be(node: Node) -> None:
    for parameter in (*node.arguments, *(option for option in node.options if not option.is_flag)):
        thought_of = values_of(node, parameter) != ANYTHING or parameter.metavar in NEVER | BY_SHAPE
        assert thought_of, f"say in generate/completable.py what completes {parameter.metavar}"


def test_nothing_is_thought_of_that_no_command_takes() -> None:
    taken = {p.metavar for node in TREE for p in (*node.arguments, *node.options)}
    assert not (BY_METAVAR.keys() | BY_SHAPE | NEVER) - taken


def test_columns_and_sort_keys_are_those_of_the_command() -> None:
    (lists,) = [command for command in commands_of(TREE) if command.key == " clients list"]
    by_name = {option.names[0]: option.values for option in lists.options}
    fields, sort = by_name["--fields"], by_name["--sort"]
    assert isinstance(fields, Values)
    assert isinstance(sort, Values)
    assert fields.many
    assert {"number", "owner_name", "last_net"} <= set(fields.words)
    assert {"name", "-name"} <= set(sort.words)
    assert "members" not in sort.words, "the platform cannot sort by it"
