"""The served platform keeps its contract whatever it is asked: schemathesis with every check that applies."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from importlib import resources
from pathlib import Path

import pytest

from bureau_cli import contract
from bureau_cli.platform.admin import Admin

# A valid request may still be refused for what it says: a version that has moved, a key used before, a rule. Where an
# expression, a cursor or a grant is free text to JSON Schema, it may be refused as one, too.
CONFIG = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", 403, 404, 409, 412, 413, 422]
[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 409, 413, 415, 422]
"""
FREE_TEXT = """
[[operations]]
include-name = "{name}"
[operations.checks.positive_data_acceptance]
expected-statuses = ["2xx", 400, 401, 403, 404, 409, 412, 413, 422]
"""
WITH_FREE_TEXT = (
    "GET /v1/clients", "GET /v1/groups", "GET /v1/jobs", "GET /v1/jobs/{id}/results", "GET /v1/audit-events",
    "GET /v1/payroll-runs", "GET /v1/a-meldinger", "GET /v1/tax-cards", "GET /v1/usage",
    "GET /v1/clients/{id}/employees", "GET /v1/clients/{id}/registrations", "GET /v1/users", "GET /v1/access",
    "GET /v1/access/inferred-owners", "GET /v1/altinn-settings", "GET /v1/period-status", "GET /v1/deadlines",
    "GET /v1/dashboard",
    "GET /v1/tax-card-status", "GET /v1/tax-card-candidates", "GET /v1/tax-card-changes", "POST /v1/tax-card-orders",
    "POST /v1/selections", "POST /oauth/token", "POST /v1/groups", "PATCH /v1/groups/{slug}",
)  # fmt: skip
SERVE = """
import sys, anyio
from functools import partial
from pathlib import Path
from bureau_cli.platform.serve import serve

anyio.run(partial(serve, Path(sys.argv[1]), ready=lambda url: print(url, flush=True)))
"""


@pytest.mark.slow
def test_schemathesis_finds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    admin = Admin(path)
    admin.seed(clients=30)
    token = admin.token("kari.nordmann", timedelta(days=1))
    config = tmp_path / "schemathesis.toml"
    config.write_text(CONFIG + "".join(FREE_TEXT.format(name=name) for name in WITH_FREE_TEXT))
    with (
        subprocess.Popen([sys.executable, "-c", SERVE, path], stdout=subprocess.PIPE, text=True) as server,
        resources.as_file(resources.files(contract).joinpath("openapi.json")) as described,
    ):
        try:
            assert server.stdout is not None
            found = _schemathesis(config, described, server.stdout.readline().strip(), token)
        finally:
            server.terminate()
    assert found.returncode == 0, found.stdout


def _schemathesis(config: Path, described: Path, url: str, token: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("schemathesis")
    options = ["--checks", "all", "--max-examples", "60", "--seed", "1", "--no-color", "--continue-on-failure"]
    return subprocess.run(
        [
            program,
            "--config-file",
            config,
            "run",
            described,
            "--url",
            url,
            "-H",
            f"Authorization: Bearer {token}",
            *options,
        ],
        cwd=config.parent,
        env={**os.environ, "NO_PROXY": "*"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
