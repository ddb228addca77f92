# Two commands: `make demo` builds and queries the sample graph, `make test` runs every check.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test install check clean

demo: install
	$(BIN)/kg build seeds/documents -o output
	@echo
	@echo "Which programmes and projects treat which water, in the words of the documents (kg query projects-on-rivers):"
	$(BIN)/kg query -g output projects-on-rivers
	@echo
	$(BIN)/kg validate -g output
	@echo
	@echo "The graph:   output/graph.ttl"
	@echo "The picture: output/graph.html (open it in a browser)"

test: $(VENV)/.installed-test
	$(BIN)/ruff check kg tests docs
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 -rs

install: $(VENV)/.installed

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Shanshui needs Python 3.11 or newer; $(PYTHON) is older. Try: make demo PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

PAGE := $(wildcard web/*.json web/*.mjs web/*.py web/src/*.* web/src/*/*.*)

$(VENV)/.installed: $(VENV)/bin/python setup.cfg pyproject.toml $(PAGE)
	@echo "Installing Shanshui into $(VENV) (some minutes the first time) ..."
	$(BIN)/pip install -q -e .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(BIN)/pip install -q -e '.[test]'
	@touch $@

clean:
	rm -rf $(VENV) build output/store output/graph.* output/report.json
