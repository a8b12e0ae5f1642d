# Needs bash, make and Python 3.11 or later; 'assets' alone needs node.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test check bench assets lock clean browser services

PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
BIN := .venv/bin
HOST ?= 127.0.0.1
PORT ?= 8000

help:
	@echo 'make run     the demonstration on http://$(HOST):$(PORT) (HOST=, PORT= change where)'
	@echo 'make test    all tests (ARGS="tests/findings -k merge" for some)'
	@echo 'make check   style, types, imports, migrations, assets'
	@echo 'make bench   speed and weight, as a table'
	@echo 'make assets  styles and scripts from npm into static/'
	@echo 'make lock    requirements/*.txt anew (UPGRADE=--upgrade for newer releases)'
	@echo 'make clean   away with everything made here, but for data/'

run: .venv/compiled
	@WORKSHOP_DATA_DIR="$${WORKSHOP_DATA_DIR:-./data}" WORKSHOP_HOST="$(HOST)" WORKSHOP_PORT="$(PORT)" $(BIN)/workshop demo

test: .venv/dev .venv/compiled browser services
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile $(ARGS)

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m workshop.migrations.check
	$(BIN)/python -m workshop.web.assets --check

bench: .venv/dev .venv/compiled
	$(BIN)/python -m tests.bench $(ARGS)

assets:
	npm ci
	npm run assets

# What is pinned stays pinned until somebody asks for newer. No registry's address gets into a lock.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' $(UPGRADE)
lock: .venv/dev
	$(COMPILE) --output-file requirements/run.txt pyproject.toml
	$(COMPILE) --output-file requirements/build.txt --constraints requirements/run.txt requirements/build.in
	$(COMPILE) --output-file requirements/dev.txt --constraints requirements/run.txt \
		--constraints requirements/build.txt pyproject.toml requirements/build.in requirements/dev.in

clean:
	rm -rf .venv dist node_modules .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache tests/bench/results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: a second 'make run' or 'make test' installs nothing.
.venv/python:
	@test -n "$(PYTHON)" || { echo 'Python 3.11 or later is needed, as python3 in the PATH.' >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

INSTALL := $(BIN)/python -m pip --disable-pip-version-check install --quiet
ITSELF := $(INSTALL) --no-index --no-deps --no-build-isolation --editable .

.venv/run: .venv/python requirements/run.txt requirements/build.txt pyproject.toml
	$(INSTALL) --require-hashes --requirement requirements/run.txt --requirement requirements/build.txt
	$(ITSELF)
	@touch $@

.venv/dev: .venv/python requirements/dev.txt pyproject.toml
	$(INSTALL) --require-hashes --requirement requirements/dev.txt
	$(ITSELF)
	@touch $@ .venv/run

# Where Python may not keep its bytecode (PYTHONDONTWRITEBYTECODE, as in many containers), every start compiled it all
# again: a third of the time to the first answer. pip does this for what it installs, but not for an editable tree.
.venv/compiled: .venv/run $(shell find workshop -name '*.py')
	$(BIN)/python -m compileall -q workshop
	@touch $@

# Without a browser the tests still run; those that need one fail and say how to get it.
define BROWSER
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    playwright.chromium.launch(args=["--no-sandbox"]).close()
endef
export BROWSER
PLAYWRIGHT_WORKS := $(BIN)/python -c "$$BROWSER" >/dev/null 2>&1
browser: .venv/dev
	@if [ -n "$${WORKSHOP_TEST_BROWSER:-}" ]; then echo "Browser: $$WORKSHOP_TEST_BROWSER"; \
	elif found=$$(command -v chromium || command -v chromium-browser || command -v google-chrome); then echo "Browser: $$found"; \
	elif $(PLAYWRIGHT_WORKS) || { $(BIN)/playwright install chromium && $(PLAYWRIGHT_WORKS); }; then echo "Browser: Playwright's"; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq \
		&& DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; then echo "Browser: $$(command -v chromium)"; \
	else echo 'Browser: none found, none could be installed'; fi

define SERVICES
import os, socket
from urllib.parse import urlsplit
for name, variable, default, port in (
    ("PostgreSQL", "WORKSHOP_TEST_POSTGRES_URL", "postgresql+asyncpg://postgres@127.0.0.1:5432/test", 5432),
    ("Redis", "WORKSHOP_TEST_REDIS_URL", "redis://127.0.0.1:6379", 6379),
):
    address = urlsplit(os.environ.get(variable) or default)
    place = (address.hostname or "127.0.0.1", address.port or port)
    try:
        socket.create_connection(place, timeout=2).close()
    except OSError:
        print(f"{name}: nothing answers at {place[0]}:{place[1]}, its tests are skipped ({variable} says where it is)")
    else:
        print(f"{name}: found at {place[0]}:{place[1]}")
endef
export SERVICES
services: .venv/dev
	@$(BIN)/python -c "$$SERVICES"
