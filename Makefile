# Two commands do everything on a fresh machine: `make demo` and `make test`. What they install goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TOOLING := tests/extension
TOOLS := $(TOOLING)/node_modules/.package-lock.json
SAMPLES ?=
PYTEST_FLAGS := $(if $(SAMPLES),--samples $(SAMPLES))
# The rooms with tests that are marked `dated`. Nothing but the clock asks for the real time (test_architecture.py), and they are all that ask it.
DATED := tests/cli tests/server tests/services tests/tui
DAY ?= 400 days
# Without byte code every start compiles all modules again, and figures of start-up are not those of users.
unexport PYTHONDONTWRITEBYTECODE
# A file's tests stay together, so that what they share is made once.
PARALLEL := -n auto --maxprocesses 4 --dist loadfile

.PHONY: demo test dates check lint types imports extension extension-check proof proof-tools bench mutants screenshots lock clean browser page-kinds languages extension-types export-tools

demo: $(READY)
	$(BIN)/shopper demo

test: $(READY) $(TOOLS) browser export-tools
	$(BIN)/pytest tests $(PARALLEL) $(PYTEST_FLAGS)
	$(MAKE) extension-check

$(VENV)/moved_clock.so: $(READY) tests/moved_clock.c
	cc -shared -fPIC -O2 -o $@ tests/moved_clock.c

# DAY is what `date -d` understands.
dates: $(READY) $(VENV)/moved_clock.so
	MOVED_SECONDS=$$(( $$(date -d '$(DAY)' +%s) - $$(date +%s) )) LD_PRELOAD="$(CURDIR)/$(VENV)/moved_clock.so" \
	  $(BIN)/pytest $(DATED) -m dated -p no:cacheprovider

check: lint types imports test

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

imports: $(READY)
	$(BIN)/lint-imports

# Writes dist/shopper-VERSION-chromium.zip and dist/shopper-VERSION-firefox.xpi.
extension: $(READY)
	$(BIN)/python -m tests.pack_extension dist

extension-check: $(READY) $(TOOLS) extension
	export PATH="$(CURDIR)/$(BIN):$$PATH" && cd $(TOOLING) && npm run --silent check && npm run --silent lint-package

$(TOOLS): $(READY) $(TOOLING)/package-lock.json
	export PATH="$(CURDIR)/$(BIN):$$PATH" && cd $(TOOLING) && npm ci --no-audit --no-fund --silent && touch node_modules/.package-lock.json

# What tests/proof promises, at full size: hours, best as root and with strace. Prints the figures for tests/README.md.
proof: $(READY) proof-tools
	$(BIN)/pytest tests/proof tests/e2e/test_faults.py --full --timeout 86400 -p no:cacheprovider

proof-tools: $(VENV)/proof-tools/.ready

$(VENV)/proof-tools/.ready: $(READY) tests/proof/by_other_tools/tools.txt
	$(PYTHON) -m venv $(VENV)/proof-tools
	$(VENV)/proof-tools/bin/pip install --quiet --disable-pip-version-check -r tests/proof/by_other_tools/tools.txt
	touch $(VENV)/proof-tools/.ready

bench: $(READY)
	$(BIN)/pytest tests/bench $(PYTEST_FLAGS) -m bench -s

# Breaks the rules in every small way and counts what the tests notice; MUTANTS narrows it: make mutants MUTANTS='assistant.rules.routing*'
mutants: $(READY)
	$(BIN)/python tests/mutants.py $(MUTANTS)

screenshots: $(READY) $(TOOLS) browser
	$(BIN)/pytest tests/e2e tests/tui --screenshots screenshots

# Programs that read what the exports write, for tests/exports/test_real_tools.py; those of Debian only as root.
export-tools: $(VENV)/tools/.ready

$(VENV)/tools/.ready: $(READY) tests/exports/tools.txt
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get install -y -qq --no-install-recommends hledger ledger qpdf poppler-utils libreoffice-calc-nogui >/dev/null || true; fi
	$(PYTHON) -m venv $(VENV)/tools
	$(VENV)/tools/bin/pip install --quiet --disable-pip-version-check -r tests/exports/tools.txt
	touch $(VENV)/tools/.ready

# Writes the extension's copy of assistant/amazon/pages.toml.
page-kinds: $(READY)
	$(BIN)/python -m tests.write_page_kinds

# Brings the catalogues of translations up to date: new texts are added, unused ones removed, and all compiled.
languages: $(READY)
	$(BIN)/python -m tests.write_catalogues

# Writes the extension's types from assistant/wire.
extension-types: $(READY)
	$(BIN)/python -m tests.write_extension_types

# The system's Chromium and Firefox by apt when root, else Playwright's own Chromium; what cannot be installed is said plainly.
browser: $(READY)
	@$(BIN)/python tests/install_browser.py

$(READY): pyproject.toml requirements.lock
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Shopper needs Python 3.11 or newer; this is ' + sys.version.split()[0])"
	@echo "Step 1 of 3: a virtual environment in $(VENV)."
	$(PYTHON) -m venv $(VENV)
	@echo "Step 2 of 3: the packages of requirements.lock, $$(wc -l < requirements.lock) of them. This takes about a minute."
	$(BIN)/pip install --quiet --progress-bar on --disable-pip-version-check -r requirements.lock
	@echo "Step 3 of 3: Shopper itself."
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	$(BIN)/python tests/link_node.py
	touch $(READY)

lock: $(READY)
	$(BIN)/pip freeze --exclude-editable | sed -E \
	  -e "s/^(pysqlite3==.*)/\1 ; sys_platform == 'linux' and platform_machine == 'x86_64'/" \
	  -e "s/^((SecretStorage|jeepney)==.*)/\1 ; sys_platform == 'linux'/" > requirements.lock

clean:
	rm -rf $(VENV) $(TOOLING)/node_modules
