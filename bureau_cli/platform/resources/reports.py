"""The four reports: what a bureau tells of many clients at once, a row a client."""

from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.problems import Problem


def list_mine_klienter(call: Call) -> Answer:
    """List clients with who follows them up and where they stand."""
    raise Problem("not_found", f"{call.operation_id} is not answered here yet.")


def list_forbrukslogg(call: Call) -> Answer:
    """List what was sent and registered at clients."""
    raise Problem("not_found", f"{call.operation_id} is not answered here yet.")


def list_automatiseringsgrad(call: Call) -> Answer:
    """List how automatic clients' ordinary pay is."""
    raise Problem("not_found", f"{call.operation_id} is not answered here yet.")
