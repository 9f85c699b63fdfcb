# Every target works on a fresh clone with Python >= 3.11 and the package index, and may be repeated at will.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
KILLS ?= 200
ON_EVERY_CORE := --numprocesses auto --maxprocesses 8 --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help demo test coverage test-slow kills check bench generate format lock wheel-test clean

help:  ## Show the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: $(VENV)/run.done  ## List the clients paid on the 20th, on the embedded platform
	$(BIN)/bureau clients list --group payday-20

test: $(VENV)/dev.done  ## Run the tests (the quick ones)
	$(BIN)/python -m pytest $(ON_EVERY_CORE) -q

coverage: $(VENV)/dev.done  ## Run the quick tests and tell which lines and branches none of them reaches
	$(BIN)/python -m pytest $(ON_EVERY_CORE) --cov --cov-report=term:skip-covered -q

test-slow: $(VENV)/dev.done  ## Run the tests that need other programs, many examples or a served platform
	$(BIN)/python -m pytest -q -m slow --hypothesis-seed=0

kills: $(VENV)/dev.done  ## Kill runs of 200 changes KILLS times on a platform that loses replies, and count (some minutes)
	KILLS=$(KILLS) $(BIN)/python -m pytest -q -s -m slow tests/faults/test_kills.py

check: $(VENV)/dev.done  ## Format, lint, types, import contracts, staleness and the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m generate --check
	$(MAKE) --no-print-directory test

format: $(VENV)/dev.done  ## Put the code into the house's format
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

generate: $(VENV)/dev.done  ## Write what is generated from the command tree: help pages, completions, README table, schemas, golden files
	$(BIN)/python -m generate
	$(BIN)/python -m pytest -q --rewrite-golden

bench: $(VENV)/dev.done  ## Measure, side by side with the anchors; prints ratios and asserts nothing
	$(BIN)/python -m bench

wheel-test: $(VENV)/dev.done  ## Build the wheel and use it from an empty environment without any development package
	rm -rf dist .venv-wheel
	$(BIN)/python -m pip --disable-pip-version-check --quiet wheel --no-deps --no-build-isolation --wheel-dir dist .
	$(PYTHON) -m venv .venv-wheel
	.venv-wheel/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --require-hashes -r requirements/run.txt
	.venv-wheel/bin/python -m pip --disable-pip-version-check --quiet install --no-deps dist/*.whl
	sh tests/wheel.sh .venv-wheel/bin/bureau

lock:  ## Renew the lock files from pyproject.toml (the only target that wants newer packages)
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip --disable-pip-version-check --quiet install uv
	.venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --no-header --upgrade pyproject.toml -o requirements/run.txt
	.venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --no-header --upgrade requirements/build.in -o requirements/build.txt
	.venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --no-header --upgrade --extra serve -c requirements/run.txt pyproject.toml requirements/dev.in -o requirements/dev.txt

clean:  ## Remove what the targets made
	rm -rf .venv .venv-wheel .venv-lock dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*

# The product in its own environment: pinned and hashed packages, then the checkout itself, so that an edit is seen.
# A lock file is complete, so nothing is resolved (--no-deps): older pips look for a newest `coverage[toml]` beside
# the pinned `coverage`, and then refuse it for having no hash.
$(VENV)/run.done: requirements/run.txt requirements/build.txt pyproject.toml
	@case "$$(uname -s)" in MINGW*|MSYS*|CYGWIN*) echo "bureau runs on Windows inside WSL: open a WSL shell and try again"; exit 1;; esac
	@$(PYTHON) -c 'import sys; sys.exit("bureau needs Python 3.11 or newer, this is " + sys.version.split()[0] + "; try make PYTHON=python3.12") if sys.version_info < (3, 11) else 0'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --no-deps --require-hashes -r requirements/build.txt -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/dev.done: $(VENV)/run.done requirements/dev.txt
	$(PIP) install --no-deps --require-hashes -r requirements/dev.txt
	touch $@
