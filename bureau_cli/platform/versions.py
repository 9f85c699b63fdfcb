"""Changes of one thing in the version its caller has seen."""

from bureau_cli.platform.calls import Call
from bureau_cli.platform.problems import Problem


def require_version(call: Call, etag: str, what: str) -> None:
    """Raise the Problem of a change that means another version than this one."""
    wanted = [one.strip() for one in call.arguments.headers.get("If-Match", "*").split(",")]
    if "*" not in wanted and etag not in wanted:
        raise Problem("precondition_failed", f"The {what} has changed since; look at it again.")
