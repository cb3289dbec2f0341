# make demo      the main comparison: set up, run both ways of governing, write out/demo
# make test      set up, check the style, run every test
# make quick     a first look in less than a minute, without the compiler (M=patrol: that mechanism's part)
# make test-mechanism M=patrol   all that the tests hold about one mechanism (no M: which there are)
# make lint      style, types and the one-way rule between packages
# make bench     time us against our peers, side by side
# make peers     further peers for it, in environments of their own under .tools (2 GB)
# make evidence  the exact results again, with a margin of 1 % (make test: 3 %); bounds of arrays checked;
#                coverage of the intervals
# make studies   many runs the long way: killed, 200 signals, shared, out of disk, on a cluster; memory, speed
# make fuzz      20,000 hostile inputs of each of five classes, counted (FUZZ="classes=ab inputs=1000" for fewer)
# make docs      the site, into out/site; a warning is an error
# make bundle    a folder that installs without internet: PLATFORM=win_amd64, PYTHON_VERSION=3.12
# make setup     only the environment (.venv); make lock pins the packages anew

COGOV := .venv/bin/cogov
PYTHON := .venv/bin/python
SOURCES := cogov_start.py sim scenarios experiments analysis benchmarks tests docs

.DEFAULT_GOAL := demo
.PHONY: demo test quick test-mechanism bench peers evidence studies fuzz docs lint lint-light bundle setup lock clean

# Equal acceptance beside the default: what is left of a difference when a convener makes no unit more willing.
demo: setup
	$(COGOV) compare scenarios=[administration_led,co_governance,co_governance_equal_acceptance] out=out/demo

test: setup lint-light
	$(PYTHON) -m pytest -n $${PYTEST_WORKERS:-auto} --dist worksteal

# These two without the set-up where there is one: a minute counts.
quick: | .venv
	@$(PYTHON) -m tests.quick $(M)

test-mechanism: | .venv
	@$(PYTHON) -m tests.mechanisms $(M)

.venv:
	@bash scripts/setup.sh

bench: setup
	$(PYTHON) -m benchmarks

# pip reads the groups of pyproject.toml from 25.1 on.
peers: setup
	for group in peers peers-frames peers-process; do \
		$(PYTHON) -m venv --clear .tools/$$group && \
		.tools/$$group/bin/python -m pip install --quiet --upgrade "pip>=25.1" && \
		.tools/$$group/bin/python -m pip install --quiet --group $$group || exit 1; \
	done

evidence: setup
	$(PYTHON) -m tests.truth.evidence
	$(PYTHON) -m tests.guarantees.bounds
	$(PYTHON) -m tests.analysis.coverage

studies: setup
	$(PYTHON) -m tests.store.evidence

fuzz: setup
	$(PYTHON) -m tests.fuzz.campaign $(FUZZ)

docs: setup
	$(PYTHON) -m sphinx -W --keep-going -q -b html docs out/site
	@echo "out/site/index.html"

lint: setup lint-light
	$(PYTHON) -m mypy
	.venv/bin/lint-imports

# Seconds, so that every test run starts with it. The one-way rule is also a test.
lint-light: setup
	$(PYTHON) -m ruff check --quiet $(wildcard $(SOURCES))

bundle: setup
	@$(PYTHON) scripts/bundle.py "$(PLATFORM)" "$(PYTHON_VERSION)"

setup:
	@bash scripts/setup.sh

lock:
	@bash scripts/lock.sh

clean:
	rm -rf out .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache build dist
	find . -name __pycache__ -not -path './.venv/*' -not -path './.tools/*' -prune -exec rm -rf {} +
