"""The `where` language: `payday == 20 and status == "active"`, parsed here and run by SQLite."""

from bureau_cli.platform.where.errors import WhereError
from bureau_cli.platform.where.parser import Expression, parse
from bureau_cli.platform.where.parts import Part, parts
from bureau_cli.platform.where.rule import parse_rule
from bureau_cli.platform.where.sql import Condition, Names, Parameter, to_sql

__all__ = [
    "Condition",
    "Expression",
    "Names",
    "Parameter",
    "Part",
    "WhereError",
    "parse",
    "parse_rule",
    "parts",
    "to_sql",
]
