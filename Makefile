# A newcomer needs `make demo` and `make test`; everything else is for those who stay.
SHELL := /bin/bash
PY := .venv/bin/python
Y := .venv/bin/yiyang
FAST := tests/unit tests/property tests/health

.PHONY: help setup demo run work stop test check fmt fmt-check lint types imports unit property integration flows browser health \
        test-reference test-spark bench law docs locks migrations

help:            ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t18

setup:           ## the environment alone
	scripts/bootstrap run

demo:            ## everything: database, a synthetic Baotou, sweeps; then the pages on http://localhost:8000
	scripts/bootstrap run
	$(Y) demo $(ARGS)

run:             ## pages and background work in one terminal, on what is there
	$(Y) serve --all $(ARGS)

work:            ## background work alone
	$(Y) work

stop:            ## stop the embedded PostgreSQL
	$(Y) db stop

test:            ## set up, install what the tests need, run them all
	scripts/bootstrap test
	$(PY) -m tests.all $(ARGS)

test-reference:  ## tests that need ../shared beside the project
	scripts/bootstrap test
	$(PY) -m pytest tests/reference $(ARGS)

test-spark:      ## the same sweep on Spark (about 500 MB more, Java 17)
	scripts/bootstrap test
	scripts/bootstrap spark
	$(PY) -m pytest tests/spark $(ARGS)

check:           ## format, lint, types, imports, unit, health: under a minute
	@scripts/bootstrap test
	@scripts/check

fmt:             ## put the code into the house's form
	.venv/bin/ruff format src tests scripts
	.venv/bin/ruff check --fix src tests scripts

lint:            ## style and safety rules
	.venv/bin/ruff format --check src tests scripts
	.venv/bin/ruff check src tests scripts

types:           ## mypy --strict
	.venv/bin/mypy

imports:         ## the seven contracts of the house
	.venv/bin/lint-imports

unit:            ## tests without a database
	$(PY) -m pytest tests/unit $(ARGS)

property:        ## the engines agree, generated
	$(PY) -m pytest tests/property $(ARGS)

integration:     ## services and pages on PostgreSQL
	$(PY) -m pytest tests/integration $(ARGS)

flows:           ## the walks through all rooms
	$(PY) -m pytest tests/integration/flows $(ARGS)

browser:         ## pages in Chromium
	$(PY) -m pytest tests/browser $(ARGS)

health:          ## the structure of the house
	$(PY) -m pytest tests/health $(ARGS)

bench:           ## the numbers to reach; reads ../shared/data where a whole region is measured
	$(PY) -m tests.bench $(ARGS)

law:             ## citations, coverage and cases of the law
	$(Y) law check
	$(Y) law cases

docs:            ## write the generated pages anew
	$(Y) law docs
	$(PY) -m tests.health.pages

locks:           ## after a change in pyproject.toml; uv is a tool, uv.lock is never committed
	for x in run test node spark; do uv pip compile --quiet --universal --python-version 3.12 --generate-hashes \
	  --no-emit-index-url --no-header --extra $$x pyproject.toml -o requirements-$$x.lock; done
	! grep -n '://' requirements-*.lock
	! grep -n '"resolved"' package-lock.json

migrations:      ## make migrations room=<room> name=<what_it_does>
	$(PY) -m django makemigrations $(room) -n $(name) --settings yiyang.site.settings
