# What there is to do with this repository.  Every target works on a fresh machine and is quick the second time.
#
#   make site    build the site of this repository into output/
#   make serve   show it, and show every change as soon as it is saved
#   make test    everything that can be tested, browser included
#   make soak    an hour of chance: rebuilds against cold builds, never twice the same way
#   make soak-faults   kill builds at every system call, and more of the kind (hours; make test tries a sample)
#   make lint    format, style and types
#   make bench   a race against other generators (see bench/README.md)
#   make bench-hostile   how long the worst files take that the limits let through
#   make clean   remove what these targets made

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
INSTALL := $(PIP) install -c constraints.txt --build-constraint constraints.txt
BENCH ?= --posts 1000 --runs 3
HOSTILE ?=
TESTS ?=
# Python keeps what it compiles its modules to, and cogen what it compiles its templates to, whatever the environment says.
export PYTHONDONTWRITEBYTECODE :=

SITE_READY := $(VENV)/.site-ready
DEV_READY := $(VENV)/.dev-ready
NODE_READY := tests/browser/node_modules/.ready
WHEELS_READY := .wheels/.ready

.PHONY: site serve test soak soak-faults lint format bench bench-hostile browser faults clean

site: $(SITE_READY)
	$(BIN)/cogen build
	@echo "The site is in output/. 'make serve' shows it on this machine."

serve: $(SITE_READY)
	$(BIN)/cogen serve

test: $(DEV_READY) $(WHEELS_READY) browser faults
	$(BIN)/pytest -n 2 --dist worksteal -rs --durations 25 $(TESTS)

# SOAK_S=600 make soak: for ten minutes.
SOAK_S ?= 3600

soak: $(DEV_READY)
	COGEN_SOAK_S=$(SOAK_S) $(BIN)/pytest -n 2 --timeout 0 -rP tests/exact/test_exact.py -k for_a_long_time

soak-faults: $(DEV_READY) faults
	COGEN_FAULTS=all $(BIN)/pytest -n 2 --timeout 0 -rs tests/faults

faults:
	@tests/faults/install-system-packages

lint: $(DEV_READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(DEV_READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(SITE_READY)
	$(BIN)/python bench/race.py $(BENCH)

bench-hostile: $(SITE_READY)
	$(BIN)/python bench/hostile.py $(HOSTILE)

# COGEN_NO_BROWSER=1 leaves out the tests that need Chromium, Java and Node.
ifeq ($(COGEN_NO_BROWSER),1)
browser:
else
browser: $(NODE_READY)
	@tests/browser/install-system-packages
endif

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "cogen needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.11 ..." >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(SITE_READY): pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install -c constraints.txt --upgrade pip
	$(INSTALL) -e ".[search,share]"
	$(BIN)/python -m compileall -q cogen
	@touch $@

$(DEV_READY): $(SITE_READY)
	$(INSTALL) --group dev
	@touch $@

# The wheel's own test installs it where there is no network, with what this folder holds.
$(WHEELS_READY): $(DEV_READY)
	rm -rf .wheels
	$(PIP) wheel -c constraints.txt --build-constraint constraints.txt -w .wheels .
	rm -f .wheels/cogen-*.whl
	@touch $@

$(NODE_READY): tests/browser/package-lock.json
	@command -v npm >/dev/null || tests/browser/install-system-packages
	cd tests/browser && npm ci --ignore-scripts
	@touch $@

clean:
	rm -rf output .cogen $(VENV) .wheels dist build bench/work tests/browser/node_modules
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
