"""The rule of a group: an expression that means the same whoever looks, and in whatever order groups are worked out."""

from bureau_cli.platform.where.errors import WhereError
from bureau_cli.platform.where.fields import Kind
from bureau_cli.platform.where.parser import Comparison, Every, Expression, Me, Not, Some, parse
from bureau_cli.platform.where.sql import field_of

_NOT_FOR_RULES = {
    "group": "a rule cannot go by other groups; say what they go by, or leave a group out where clients are chosen",
    "access": "a rule has no caller whose access it could go by",
}


def parse_rule(text: str) -> Expression:
    """Parse a rule; raise WhereError where it does not follow the grammar or goes by what no rule can."""
    expression = parse(text)
    _require_rule(expression)
    return expression


def _require_rule(expression: Expression) -> None:
    match expression:
        case Every(parts=parts) | Some(parts=parts):
            for part in parts:
                _require_rule(part)
        case Not(part=part):
            _require_rule(part)
        case Comparison():
            _require_comparison(expression)


def _require_comparison(comparison: Comparison) -> None:
    if comparison.field in _NOT_FOR_RULES:
        raise WhereError(comparison.position, _NOT_FOR_RULES[comparison.field])
    is_user = field_of(comparison).kind is Kind.USER
    for value in comparison.values:
        if isinstance(value.content, Me) or (is_user and value.content == "me"):
            raise WhereError(value.position, "a rule has no caller who could be me; name the user")
