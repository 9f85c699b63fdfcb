"""The API as data: `openapi.json` is the one description that the client and the platform both follow."""

import json
from importlib import resources
from typing import Any


def load() -> dict[str, Any]:
    """Read the whole contract, an OpenAPI 3.1 document, anew from the package."""
    contract: dict[str, Any] = json.loads(resources.files(__name__).joinpath("openapi.json").read_bytes())
    return contract
