"""The `where` language: `payday == 20 and status == "active"`, parsed here and run by SQLite."""

from bureau_cli.platform.where.errors import WhereError
from bureau_cli.platform.where.parser import parse
from bureau_cli.platform.where.sql import Condition, Names, to_sql

__all__ = ["Condition", "Names", "WhereError", "parse", "to_sql"]
