# The commands of this repository. `make` shows them.
PYTHON ?= python3
BIN := .venv/bin
PACKAGES := shared $(sort $(patsubst %/pyproject.toml,%,$(wildcard services/*/pyproject.toml))) deploy/local
INSTALLED := .venv/installed
FRONTEND := services/portal/frontend
PAGES := services/portal/src/portal/api/templates
MODULES := $(FRONTEND)/node_modules/.package-lock.json
ASSETS := services/portal/src/portal/api/dist/manifest.json
READY := $(INSTALLED) $(ASSETS)
# The Node of the environment comes before another one.
NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help run test check simulate mutants faults fuzz screenshots bench events vectors lock reset audit .lint .types .imports .house

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(READY)  ## start everything on this machine: PostgreSQL, Kafka and every service (Ctrl-C stops it)
	@$(BIN)/firstshift up

test: $(READY)  ## run every test
	@$(BIN)/pytest -n $(WORKERS) --dist loadscope

check: $(READY)  ## lint, types, import directions and the rules of the house; under a minute
	@$(MAKE) --no-print-directory --keep-going --jobs=2 .types .lint .imports .house
	@echo "check: clean"

simulate: $(INSTALLED)  ## run the event backbone in simulated worlds (SEEDS=10000; SEED=7 shows one)
	@PYTHONPATH=. $(BIN)/python -m tests.simulation.simulate --seeds $(or $(SEEDS),10000) $(addprefix --seed ,$(SEED))

mutants: $(READY)  ## plant each known defect and see that a test catches it (ONLY=name for one)
	@PYTHONPATH=. $(BIN)/python -m tests.mutants.run $(ONLY)

faults: $(READY)  ## kill, cut and confuse a running system and judge it (ROUNDS=50 SEED=1 FAULT=F1,F2 RATE=20)
	@PYTHONPATH=. $(BIN)/python -m tests.faults.run $(addprefix --rounds ,$(ROUNDS)) $(addprefix --seed ,$(SEED)) \
	    $(addprefix --fault ,$(FAULT)) $(addprefix --rate ,$(RATE)) $(OPTIONS)

# Not in the list above, which holds twelve: asks every service what its OpenAPI document allows and what it forbids
# (CASES=50000 SERVICE=housing SEED=1). `make test` asks a few thousand of the same questions.
fuzz: $(READY)
	@PYTHONPATH=. $(BIN)/python -m tests.fuzz.run --cases $(or $(CASES),10000) $(addprefix --seed ,$(SEED)) \
	    $(addprefix --service ,$(SERVICE))

# Not in the list above, either: every page of the demo at 1440 and 390 px, light and dark, into docs/images/
# (ONLY=queue for one page).
screenshots: $(READY)
	@PYTHONPATH=. $(BIN)/python -m tests.browser.screenshots

bench: $(READY)  ## measure speed as ratios, side by side in one run (ONLY=consumer for one; ROUNDS=5)
	@RATE_LIMIT_PER_MINUTE=0 PYTHONPATH=. $(BIN)/python -m tests.load.bench

events: $(INSTALLED)  ## write docs/events.md, schemas, AsyncAPI, docs/problems.md and docs/access.md
	@$(BIN)/python -m shared.contracts.publish
	@$(BIN)/python docs/problems.py
	@$(BIN)/python docs/access.py

vectors: $(INSTALLED)  ## compare the services with the test vectors (FILE=path for one file)
	@$(BIN)/python tests/vectors/run.py $(FILE)

lock:  ## write requirements.lock from the pyproject files (UPGRADE=--upgrade for newer versions)
	@test -x $(BIN)/uv || $(MAKE) --no-print-directory $(INSTALLED)
	@$(BIN)/uv pip compile --quiet $(UPGRADE) --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" \
	    --no-emit-package firstshift-shared --group pyproject.toml:dev --extra testing \
	    --output-file requirements.lock $(addsuffix /pyproject.toml,$(PACKAGES))
	@$(MAKE) --no-print-directory $(INSTALLED)

reset: $(INSTALLED)  ## remove the local data (.firstshift/)
	@$(BIN)/firstshift reset

# Not in the list above, for it asks a database on the Internet: CONTRIBUTING.md and SECURITY.md tell of it.
audit: $(INSTALLED)
	@PYTHONPATH=. $(BIN)/python -m tests.supply.audit

.lint:
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || { echo "ruff format: run '$(BIN)/ruff format .'"; exit 1; }

.types:
	@$(BIN)/mypy

.imports:
	@$(BIN)/lint-imports --no-logo

.house:
	@$(BIN)/pytest tests/architecture -p no:cacheprovider

# Installs what the lock names, each file checked by its hash, and then our own packages from their folders. The stamp
# is older than its sources only after one of them changed, so a second `make test` installs nothing.
$(INSTALLED): requirements.lock pyproject.toml $(addsuffix /pyproject.toml,$(PACKAGES))
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "Firstshift needs Python 3.11 or newer as $(PYTHON); name another one: make PYTHON=python3.12 ..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo "$(PYTHON) cannot make a virtual environment: its venv module is missing."; \
	    echo "On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/python || { echo "Making .venv and installing (about a minute, once) ..."; $(PYTHON) -m venv .venv; }
	@awk '/^[^ ]/ {wanted = /^uv==/} wanted' requirements.lock > .venv/uv.txt
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --require-hashes --requirement .venv/uv.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --require-hashes --requirement requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation \
	    $(foreach package,$(PACKAGES),--editable ./$(package))
	@touch $@

# What the portal's pages load. Templates and written-out rows count as sources, because the style sheet holds the classes that they use.
$(ASSETS): $(MODULES) $(FRONTEND)/build.mjs $(FRONTEND)/icons.json $(wildcard $(FRONTEND)/src/*) $(shell find $(PAGES) -name '*.html') $(wildcard $(PAGES)/../views/*_markup.py)
	@echo "Building the portal's assets ..."
	@cd $(FRONTEND) && $(NODE) node build.mjs > /dev/null

$(MODULES): $(FRONTEND)/package-lock.json | $(INSTALLED)
	@cd $(FRONTEND) && $(NODE) npm ci --ignore-scripts --loglevel=error > /dev/null
	@touch $@
