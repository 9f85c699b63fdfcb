"""What can go wrong with the platform itself, as opposed to a request to it."""

from datetime import date


class PlatformError(Exception):
    """Something is wrong with the store or its use; `code` is a stable word, `message` one plain sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class StoreBusyError(PlatformError):
    """Another process held the store for longer than the platform waits."""

    def __init__(self) -> None:
        super().__init__("store_busy", "the store is held by another process")


class StoreMissingError(PlatformError):
    """There is no store at the path."""

    def __init__(self, path: object) -> None:
        super().__init__("store_missing", f"there is no store at {path}")


class StoreOutOfReachError(PlatformError):
    """The file or its folder may not be read or written."""

    def __init__(self, path: object, why: str) -> None:
        super().__init__("store_out_of_reach", f"the store at {path} cannot be used: {why}")


class StoreUnreadableError(PlatformError):
    """The file is not a store of this platform, or so damaged that it cannot be told for one."""

    def __init__(self, path: object) -> None:
        super().__init__("store_unreadable", f"{path} is not a store of this platform, or is damaged")


class StoreTooNewError(PlatformError):
    """The file was written by a newer version of the platform."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__("store_too_new", f"the store has version {found}; this program knows versions up to {known}")


class LawUnknownError(PlatformError):
    """A law was asked for on a day of which it is not known what it says."""

    def __init__(self, law: str, day: date) -> None:
        super().__init__("law_unknown", f"what the law says about {law} on {day} is not known")
