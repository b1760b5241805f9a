# Two commands: `make run` and `make test`. Both do all the set-up they need; a second call takes seconds.
# ARGS go to the program: make run ARGS="--source clip.mp4 --reference coach.mp4"

.DEFAULT_GOAL := help
.PHONY: help run test check bench bench-scoring first-run lock package clean

PYTHON := .venv/bin/python
# One process a core, at most four; the tests of a file stay together, since they share what takes long to make.
SIDE_BY_SIDE := --numprocesses auto --maxprocesses 4 --dist loadfile

help:  ## say what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 15

run: .venv/ready-to-run  ## set up if needed and open the app
	@.venv/bin/poseapp $(ARGS)

test: .venv/ready-to-test  ## set up if needed and run all tests
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(PYTHON) -m pytest $(SIDE_BY_SIDE) $(ARGS)

check: .venv/ready-to-test  ## lint, types and the contracts between the rooms
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports

bench: .venv/ready-to-test  ## measure speed and how exact poses are; ARGS="truth" only that
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(PYTHON) -m benchmarks $(ARGS)

bench-scoring: .venv/ready-to-test  ## measure whether the score is right; ARGS="--quick" in a minute
	@$(PYTHON) -m benchmarks.scoring $(ARGS)

first-run: .venv/ready-to-test  ## make the pictures of the first page again, after the demo's score has changed
	@QT_QPA_PLATFORM=offscreen $(PYTHON) tools/build_first_run.py

lock:  ## pin the newest versions that pyproject.toml allows (needs uv)
	tools/lock.sh

package: .venv/ready-to-run  ## build the application that needs no Python, and test it
	@tools/setup.sh package
	@$(PYTHON) -m tools.package $(ARGS)

clean:  ## remove the virtual environments and caches
	rm -rf .venv .venv-without-qt .venv-package .pytest_cache .mypy_cache .ruff_cache .import_linter_cache build dist

.venv/ready-to-run: requirements/run.txt pyproject.toml tools/setup.sh
	@tools/setup.sh run

.venv/ready-to-test: requirements/dev.txt pyproject.toml tools/setup.sh
	@tools/setup.sh test
