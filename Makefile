# The only commands to learn. What follows make goes on to the tool behind it: make test ARGS="-k accept"

PORT ?= 8000
ARGS ?=
export PORT
# The tests start many processes: what Python has compiled is kept, whatever the shell says.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run test test-all test-sqlite test-postgres slow-sqlite slow-postgres lint fix bench

help:
	@echo "make run       the service with its demo province at http://127.0.0.1:$(PORT) (PORT=... changes it)"
	@echo "make test      all tests but browser and long ones, on SQLite and on PostgreSQL"
	@echo "make test-all  all tests"
	@echo "make lint      style, types, walls of the house, migrations"
	@echo "make fix       mend what lint can mend by itself"
	@echo "make bench     measure what we promise"

run: .venv/ready
	@.venv/bin/onewindow up $(ARGS)

# --- tests. What touches no database (the rules, the house) is tested once, beside SQLite.

PYTEST := .venv/bin/python -m pytest
QUICK := -n 2 -m "not browser and not long"
SLOW := -m "browser or long"
ON_SQLITE := env -u DATABASE_URL $(PYTEST)
ON_POSTGRES := .venv/bin/python -m tests.databases -- $(PYTEST) --of-database

test: test-sqlite test-postgres

test-all: test slow-sqlite slow-postgres

test-sqlite: .venv/ready-dev
	$(ON_SQLITE) $(QUICK) $(ARGS)

test-postgres: .venv/ready-dev
	$(ON_POSTGRES) $(QUICK) $(ARGS)

slow-sqlite: .venv/ready-dev
	$(ON_SQLITE) $(SLOW) $(ARGS)

slow-postgres: .venv/ready-dev
	$(ON_POSTGRES) $(SLOW) $(ARGS)

bench: .venv/ready-dev
	.venv/bin/python -m bench $(ARGS)

# --- checks

lint: .venv/ready-dev
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo
	DATABASE_URL=sqlite:// DJANGO_SETTINGS_MODULE=onewindow.config.settings .venv/bin/python -m django makemigrations --check --dry-run

fix: .venv/ready-dev
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

# --- the virtual environment: made with the newest Python there is, filled anew only when what it needs has changed

PIP := .venv/bin/python -m pip install --quiet --disable-pip-version-check

.venv/bin/python:
	@for python in python3.14 python3.13 python3.12 python3.11 python3; do \
		if command -v $$python >/dev/null && $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
			echo "Making .venv with $$($$python --version)"; \
			$$python -m venv .venv && exit 0; \
			rm -rf .venv; exit 1; \
		fi; \
	done; \
	echo "OneWindow needs Python 3.11 or newer (Debian: apt-get install python3-venv)"; exit 1

.venv/ready: requirements.txt pyproject.toml | .venv/bin/python
	@echo "Installing what OneWindow runs on"
	@$(PIP) -r requirements.txt
	@$(PIP) --no-deps -e .
	@touch $@

.venv/ready-dev: requirements-dev.txt .venv/ready
	@echo "Installing what its tests and checks need"
	@$(PIP) -r requirements-dev.txt
	@touch $@
