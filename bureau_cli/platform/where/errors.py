"""What is wrong with a `where` expression, and where."""


class WhereError(Exception):
    """The expression does not parse or cannot be true of anything: `position` counts characters from 0."""

    def __init__(self, position: int, message: str) -> None:
        super().__init__(message)
        self.position = position
        self.message = message
