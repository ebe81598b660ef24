# Every command runs in .venv, which is made and kept in step with the lock files by itself.
# It needs make and Python 3.11 or newer, nothing else.

# The first Python on this machine that is new enough; name another with PYTHON=...
IS_NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c "$(IS_NEW_ENOUGH)" 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
LOCK := uv pip compile pyproject.toml --python-version 3.11 --universal --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate
FOLDER ?= evidence/data
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run dev load test check bench format lock

# List the commands.
help:
	@echo "make run     serve the site at http://127.0.0.1:8000 as in production (PORT=8080 for another port)"
	@echo "make dev     serve it with DEBUG on, reloading as the code changes"
	@echo "make load    load a folder of evidence files (FOLDER=evidence/data)"
	@echo "make test    run the whole suite on SQLite and on PostgreSQL (ARGS=\"-k name\" for a part)"
	@echo "make check   formatting, lint, types, migrations and deployment settings"
	@echo "make bench   how fast it is at 50, 500 and 5,000 compounds (ARGS=\"--json FILE\" to keep it)"
	@echo "make format  put the code into the house format"
	@echo "make lock    write requirements.txt and requirements-dev.txt anew (needs uv)"

# Migrations and static files every time, the starter catalogue only into a database without one:
# a second run keeps all that was edited. A new method version makes all profiles again. `exec` lets Ctrl-C and a supervisor reach gunicorn itself.
run: $(BIN)/.requirements
	@$(MANAGE) migrate --no-input --verbosity 0
	@$(MANAGE) collectstatic --no-input --verbosity 0
	@$(MANAGE) load_evidence evidence/data --if-empty
	@$(MANAGE) load_articles evidence/data/articles --if-empty
	@$(MANAGE) load_vendors stackbuilder/data/vendors.json --if-empty
	@$(MANAGE) synthesise --if-needed
	@$(MANAGE) index_search
	@exec $(BIN)/python -m gunicorn --config python:stackbuilder.gunicorn stackbuilder.wsgi

# The development tools are here so that an edit can be tested at once.
dev: $(BIN)/.requirements-dev
	@DEBUG=1 $(MANAGE) migrate --no-input --verbosity 0
	@DEBUG=1 $(MANAGE) load_evidence evidence/data --if-empty
	@DEBUG=1 $(MANAGE) load_articles evidence/data/articles --if-empty
	@DEBUG=1 $(MANAGE) load_vendors stackbuilder/data/vendors.json --if-empty
	@DEBUG=1 $(MANAGE) index_search
	@DEBUG=1 $(MANAGE) runserver 127.0.0.1:$${PORT:-8000}

# Rows that a person has edited are listed and kept; ARGS=--overwrite replaces them.
load: $(BIN)/.requirements
	@$(MANAGE) migrate --no-input --verbosity 0
	@$(MANAGE) load_evidence $(FOLDER) $(ARGS)

# `$(BIN)/pytest tests/...` runs a part on SQLite alone.
test: $(BIN)/.requirements-dev
	@$(BIN)/python -m tests.both_databases $(ARGS)

# Cheapest first. The deployment check looks at the settings as they are behind TLS.
check: $(BIN)/.requirements-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/mypy
	$(MANAGE) makemigrations --check --dry-run
	HTTPS=1 $(MANAGE) check --deploy --fail-level WARNING

# Never part of the suite: a timed test lies. TEST_DATABASE_URL names a PostgreSQL server instead.
bench: $(BIN)/.requirements-dev
	@$(BIN)/python -m tests.bench $(ARGS)

# Only what can be put right without a decision.
format: $(BIN)/.requirements-dev
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

# Without index addresses, so that the files install from whichever index a machine uses.
# The second is held to the versions of the first: one .venv serves both.
lock:
	$(LOCK) --output-file requirements.txt
	$(LOCK) --extra dev --constraints requirements.txt --output-file requirements-dev.txt

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Stackbuilder needs Python 3.11 or newer: make run PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv .venv

# Each stamp says which lock file .venv was last brought in step with.
$(BIN)/.requirements: requirements.txt | $(BIN)/python
	@echo "Installing requirements.txt into .venv"
	@$(INSTALL) --requirement requirements.txt
	@touch $@

$(BIN)/.requirements-dev: requirements-dev.txt | $(BIN)/python
	@echo "Installing requirements-dev.txt into .venv"
	@$(INSTALL) --requirement requirements-dev.txt
	@touch $@
