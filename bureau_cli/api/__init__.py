"""The contract over HTTP: one request with its retries, pages as a stream, and a small class for each noun."""

import sys

# httpx imports its own command line, with click, rich and pygments, wherever click happens to be installed: a third
# of the time `bureau` needs to start. None is how an import is made to fail, which httpx takes calmly.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # the documented use of None here is untyped
