# 会风 Desktop: `make run` and `make test` need nothing but make, git and Python 3.11 or newer.

PYTHON ?= python3
BIN := .venv/bin
UV := .make/uv/bin/uv
export PYTHON

.PHONY: help run test bench lint lock system system-run system-test clean

help:
	@echo "make run     the sample meeting: in the window where there is a screen, off screen otherwise"
	@echo "             (RUN_ARGS is passed on: make run RUN_ARGS='--speed 120 --out papers')"
	@echo "make test    lint, types and the whole test suite"
	@echo "make bench   speed and memory"
	@echo "make lint    ruff and mypy only"
	@echo "make lock    work out the locked requirements anew"
	@echo "make system  the Debian packages that running and testing need"
	@echo "make clean   remove everything that make made"

run: .venv/ready-to-run
	$(BIN)/huifeng-desktop rehearse $(RUN_ARGS)

# Two thirds of the time is waiting for child processes and browsers, so the tests share the cores.
test: lint
	$(BIN)/python -m pytest -n logical --maxprocesses 4 --dist worksteal $(TEST_ARGS)

bench: .venv/ready-to-test
	$(BIN)/python -m pytest -m bench -s tests/bench $(TEST_ARGS)

lint: .venv/ready-to-test
	$(BIN)/ruff check .
	$(BIN)/mypy

lock: $(UV)
	.ci/lock $(UV)

system: system-test

system-run:
	@.ci/system-packages run

system-test:
	@.ci/system-packages test

clean:
	rm -rf .venv .make build dist rehearsal .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find huifeng_desktop tests -name __pycache__ -prune -exec rm -rf {} +

# The stamps make a second run quick, and go when .venv goes; missing system packages are looked for each time.
.venv/ready-to-run: requirements.lock pyproject.toml | system-run
	.ci/virtual-environment $<
	@touch $@

.venv/ready-to-test: requirements-test.lock .venv/ready-to-run | system-test
	.ci/virtual-environment $<
	@touch $@

$(UV): | system-run
	$(PYTHON) -m venv .make/uv
	.make/uv/bin/pip install --quiet --disable-pip-version-check 'uv>=0.13'
