# run · try the publication here, with demo content      serve · for readers, with your own .env
# test · the whole suite      lint · all other checks      check · both
# bench · speed, sizes and memory
# lock · renew the pinned dependencies      messages · gather what is to be translated
# fonts · make the faces of static/fonts anew
# Each sets up what it needs; nothing is installed globally.
PYTHON ?= python3
BIN := .venv/bin
ADDRESS ?= 127.0.0.1:8000
WORKERS ?= auto
# `make run ADDRESS=127.0.0.1:8001`: links lead there, and pages are stored under that name. Those of
# `make serve` lead where .env says.
ifneq ($(origin ADDRESS),file)
run: export SITE_URL = http://$(ADDRESS)
endif

.PHONY: fonts run serve test lint check bench lock messages

run: .venv/.run .env
	@mkdir -p -m 750 var
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py first_run
	@$(BIN)/python manage.py collectstatic --no-input --verbosity 0
	@printf '\n  Read it       http://%s/\n  Newsroom      http://%s/admin/\n  Demo logins   demo-logins.txt\n  Stop          Ctrl-C\n\n' $(ADDRESS) $(ADDRESS)
	@exec $(BIN)/python manage.py serve --bind $(ADDRESS)

serve: .venv/.run
	@mkdir -p -m 750 var
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py collectstatic --no-input --verbosity 0
	@exec $(BIN)/python manage.py serve --bind $(ADDRESS)

# A hundred processes read the same modules: compiled once, whatever the machine is told of that.
test: .venv/.test .venv/.nu
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

check: lint
	$(MAKE) test

lint: .venv/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	git ls-files -z --cached --others --exclude-standard 'templates/*.html' | xargs -0 $(BIN)/djade --check --target-version 5.2
	$(BIN)/lint-imports
	env $(LIVE_SETTINGS) $(BIN)/python manage.py makemigrations --check --dry-run
	env $(LIVE_SETTINGS) $(BIN)/python manage.py check --deploy --fail-level WARNING

# One table, each figure beside a baseline of the same run; BENCH=stills_of_640_pixels for one part.
bench: .venv/.test
	@$(BIN)/python -m tests.bench $(BENCH)

# Gathers what is to be translated, and makes what is read at run time; needs Debian's gettext.
messages: .venv/.test
	env $(LIVE_SETTINGS) $(BIN)/python manage.py makemessages $(TRANSLATED) --no-location --no-wrap --no-obsolete $(UNREAD)
	env $(LIVE_SETTINGS) $(BIN)/python manage.py compilemessages $(TRANSLATED) --locale en_GB --ignore .venv
TRANSLATED = $(patsubst publication/locale/%,--locale %,$(filter-out %/en_GB,$(wildcard publication/locale/*)))
UNREAD = --ignore .venv --ignore var --ignore tests --ignore docs --ignore 'templates/admin/*'

# Production-like, with a secret made for this one run.
LIVE_SETTINGS = DEBUG=false HTTPS=true ALLOWED_HOSTS=publication.example \
  SITE_URL=https://publication.example TRUSTED_PROXIES=127.0.0.1 \
  EMAIL_URL=smtp://127.0.0.1 DEFAULT_FROM_EMAIL=comments@publication.example DATABASE_URL=sqlite://:memory: SECRET_KEY=$(SECRET)
SECRET = $(shell $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))')

# Newsreader, from the package of Fontsource: docs/design.md.
fonts: .venv/.test
	@made=$$(mktemp -d) && trap "rm -rf $$made" EXIT && \
	  npm install --silent --no-save --prefix $$made @fontsource-variable/newsreader@5 && \
	  $(BIN)/uv pip install --quiet --target $$made/py fonttools brotli && \
	  PYTHONPATH=$$made/py $(BIN)/python fonts/make.py $$made/node_modules static/fonts

lock: .venv/.test
	$(BIN)/uv pip compile pyproject.toml --extra postgres $(LOCK) -o requirements.txt
	$(BIN)/uv pip compile pyproject.toml --extra postgres --group dev -c requirements.txt $(LOCK) -o tests/requirements.txt
LOCK = --upgrade --quiet --universal --python-version 3.11 --generate-hashes --no-header

# Debian's python3 has no ensurepip unless python3-venv is there: pip installs from outside.
.venv/bin/python:
	@$(PYTHON) -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "$(PYTHON) is missing, older than 3.11 or without pip. On Debian: apt install --no-install-recommends python3-pip"; exit 1; }
	$(PYTHON) -m venv --without-pip .venv

.venv/.run: requirements.txt | .venv/bin/python
	@echo "Installing what the program needs into .venv; the first time that takes a minute."
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/.test: tests/requirements.txt | .venv/bin/python
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.txt
	@touch $@

# The Nu HTML checker; its tests skip, and say so, where this did not work.
.venv/.nu: tests/nu/package-lock.json | .venv/bin/python
	@if ! command -v java >/dev/null || ! command -v npm >/dev/null; then echo "No java or no npm: the HTML is not checked."; \
	elif cd tests/nu && npm ci --silent; then touch ../../$@; else echo "npm could not install the HTML checker."; fi

.env:
	@umask 077; $(PYTHON) -c 'import secrets; print("# Made by make run for this machine alone; .env.example lists what can be set.\nSECRET_KEY=" + secrets.token_urlsafe(50) + "\n# 127.0.0.1 has no certificate. Remove this line on a server.\nHTTPS=false")' > $@
