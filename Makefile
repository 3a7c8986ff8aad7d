# make demo    set up and run the example on 127.0.0.1:8000 (PORT=…, FRESH=1 starts over)
# make test    everything that CI runs (FAST=1 leaves the slow part out)
# make check   style, types, layers
# make proof   the long checks
# make lock    write requirements/*.txt anew

PORT ?= 8000
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV = .venv
BIN = $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export CONVENOR_HOME ?= $(CURDIR)/var

.PHONY: demo setup test check proof lock clean

demo: $(VENV)/run
	@$(if $(FRESH),rm -rf "$(CONVENOR_HOME)")
	@$(BIN)/convenor demo --port $(PORT)

setup: $(VENV)/run

test: $(VENV)/dev
	@$(BIN)/python tools/run_tests.py $(if $(FAST),--fast)

check: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/mypy src tools bench
	$(BIN)/lint-imports --no-cache

proof: $(VENV)/dev
	@$(BIN)/python tools/run_tests.py --proof

lock: $(VENV)/dev
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q pyproject.toml requirements/build.in -o requirements/run.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q requirements/dev.in -o requirements/dev.txt

clean:
	rm -rf $(VENV) build dist

# The stamps are made last, so that an interrupted set-up is taken up again by the next run.
$(VENV)/run: requirements/run.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Convenor needs Python 3.11 or newer: install it, or name it with make PYTHON=/path/to/python3."; exit 1; }
	@test -w . || { echo "No right to write in $(CURDIR): change the rights of this folder, or copy it to one of yours."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python could not make a virtual environment: install its venv package (on Debian: apt install python3-venv)."; exit 1; }
	@echo "Installing what Convenor runs on (about a minute the first time) …"
	@$(BIN)/python -m pip install -q --require-hashes -r requirements/run.txt || { echo "The packages could not be installed: check the network and run the same command again."; exit 1; }
	@$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev: $(VENV)/run requirements/dev.txt
	@echo "Installing what the tests run on …"
	@$(BIN)/python -m pip install -q --require-hashes -r requirements/dev.txt || { echo "The packages could not be installed: check the network and run the same command again."; exit 1; }
	@touch $@
