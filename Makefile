# quarterday. Needs Python 3.11 or newer, git and make; everything else is set up here.
SHELL := /bin/bash
PYTHON ?= python3
export PYTHONDONTWRITEBYTECODE :=
# Whom the machine trusts, uv trusts: many councils' networks open TLS with a certificate of their own.
export UV_SYSTEM_CERTS ?= 1
VENV := .venv
RUN := $(VENV)/bin
STAMP := $(VENV)/.set-up
ARGS ?=
PRISM := .prism/node_modules/.bin/prism

# A file stays in one lane: what it sets up, it sets up once. What waits for servers and browsers leaves a core idle: so there
# are more lanes than cores. A fourth gained whole systems nothing.
TESTS := $(RUN)/python -m pytest --dist loadfile --no-loadscope-reorder
PURE := tests/domain tests/config
PROOFS = $(shell grep -rl --include='test_*.py' 'mark\.proof' tests)

.PHONY: help setup quarter stories look up test proof attack siege side-effects rehearse-restore changes composed image containers upgrades clean-machine unit s3-test ceph lint types contracts style wheel sbom reference browser pdf prism assets clean

help: ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(STAMP) ## set up the virtual environment from the lock file

$(STAMP): pyproject.toml uv.lock
	@if ! command -v uv >/dev/null && [ ! -x .uv/bin/uv ]; then $(PYTHON) -m venv .uv && .uv/bin/pip install --quiet uv; fi
	@PATH="$$PATH:$(CURDIR)/.uv/bin" uv sync --locked --compile-bytecode --quiet
	@touch $@

quarter: setup ## rehearse one whole quarter: make quarter ARGS="--quarter 2025-26Q1 --return PARTNER=FILE --resume --story NAME"
	@$(RUN)/python -m rehearsal $(ARGS)

stories: setup ## play every quarter that changes while it runs, or some: make stories ARGS="moved-later cancelled"
	@$(RUN)/python -m rehearsal.stories $(ARGS)

look: setup ## look at the last rehearsal: the Prefect UI and the partners' pages, until Ctrl-C
	@$(RUN)/quarterday look

up: setup ## keep Prefect server, worker and portal running for real use, until Ctrl-C
	@$(RUN)/quarterday up

test: lint ## run everything but whole systems: some minutes; make test ARGS=--lf runs what failed last
	@$(TESTS) -n 3 $(ARGS)

proof: setup ## play whole systems: browsers, killed parts, clicked forms, whole quarters, composed parts
	@$(TESTS) -n 3 -m proof $(if $(findstring tests/,$(ARGS)),,$(PROOFS)) $(ARGS)

attack: setup ## attack releases as a reader would, thousands of them: make attack SEEDS=10000
	@SEEDS=$(or $(SEEDS),2000) $(TESTS) -n 2 --dist load -m proof tests/publishing $(ARGS)

side-effects: setup ## strike every side effect of a year, before and after, and write the table: docs/side-effects.md
	@$(RUN)/python -m simulation.struck docs/side-effects.md

rehearse-restore: setup ## lose everything in the middle of a quarter, put a backup back elsewhere, and go on
	@$(RUN)/python -m simulation.restoring

siege: setup ## simulate years under fire and shrink what fails: make siege SEEDS=1-10000
	@$(RUN)/python -m simulation --seeds $(or $(SEEDS),1-10000) $(ARGS)

changes: setup ## play quarters in which config/ changes at random, and read every email: make changes QUARTERS=10000
	@QUARTERS=$(or $(QUARTERS),5000) $(RUN)/python -m pytest -n 2 --dist load tests/changing $(ARGS)

composed: setup ## start the parts of compose.yaml on this machine and play part of a quarter (apt: redis-server postgresql)
	@$(RUN)/python -m pytest -m proof tests/several/test_composed.py $(ARGS)

image: ## build the image that compose.yaml runs (needs podman)
	@podman build --format docker --tag quarterday .

containers: setup ## build the image and play part of a quarter through compose.yaml in containers (needs podman, as root)
	@bash .ci/containers

upgrades: setup ## homes of each commit that changed a migration, with a quarter in them, brought to this version: clone, wheel, image
	@DAYS=$(DAYS) bash .ci/upgrades $(ARGS)

clean-machine: setup ## from nothing to a partner's first receipt on a clean machine, by clone, wheel and containers, with logs (needs podman, as root)
	@PATH="$$PATH:$(CURDIR)/.uv/bin" bash -c '.ci/clean-machine clone && .ci/clean-machine wheel && .ci/clean-machine containers'

unit: setup ## run the pure tests, in seconds
	@$(TESTS) -n 2 $(PURE) $(ARGS)

s3-test: setup ## hold a real S3 gateway to the store's promises: make s3-test ENDPOINT=http://host:port, keys in AWS_…
	@TEST_S3_ENDPOINT=$(or $(ENDPOINT),$(TEST_S3_ENDPOINT)) $(RUN)/python -m pytest tests/adapters/store/test_store.py tests/adapters/store/test_real_gateway.py $(ARGS)

ceph: setup ## start Ceph's gateway on this machine, in memory, and hold it to the same promises (apt: radosgw ceph-mon ceph-osd ceph-common)
	@$(RUN)/python -m tests.adapters.store.ceph $(MAKE) --no-print-directory s3-test

lint: setup ## formatting, style, types and the architecture's contracts
	@$(MAKE) --no-print-directory --jobs 2 --output-sync types contracts style

types:
	@$(RUN)/pyrefly check

contracts:
	@$(RUN)/lint-imports

style:
	@$(RUN)/ruff check .
	@$(RUN)/ruff format --check .

wheel: setup ## build the wheel, install it into an empty environment, and rehearse a quarter from it outside the checkout
	@PATH="$$PATH:$(CURDIR)/.uv/bin" bash .ci/wheel

sbom: setup ## write what is installed as a CycloneDX bill of materials: build/sbom.json
	@mkdir -p build && PATH="$$PATH:$(CURDIR)/.uv/bin" uv export --quiet --no-dev --format cyclonedx1.5 >build/sbom.json
	@echo "build/sbom.json"

reference: setup ## write docs/reference from the code
	@$(RUN)/python -m tests.docs.reference

browser: ## install Chromium, for the browser tests (Debian, Ubuntu)
	apt-get update && apt-get install -y --no-install-recommends fonts-liberation
	apt-get install -y --no-install-recommends chromium-headless-shell || apt-get install -y --no-install-recommends chromium

pdf: ## install Pango, for packs as PDF (Debian, Ubuntu)
	apt-get update && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation

prism: $(PRISM) ## install Prism, which holds our calls to SendGrid to its own description (needs Node.js)

$(PRISM):
	npm install --silent --no-audit --no-fund --prefix .prism @stoplight/prism-cli@5.14.2

assets: ## rebuild the portal's stylesheet and script from govuk-frontend (needs Node.js)
	cd assets && npm install --no-audit --no-fund && npm run build

clean: ## remove what was set up, and the last rehearsal
	rm -rf $(VENV) .uv .prism build var/rehearsal
