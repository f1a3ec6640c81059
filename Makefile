# What there is to do here, a target each. `make run` serves a demo and the author beside it; `make test` tells whether all is well.
.PHONY: build run test browser conformance bench soak lint doc assets

export SHARED ?= $(abspath ../shared)
# Where `make run` serves respondents, and authors.
PORT ?= 5000
AUTHOR_PORT ?= 5010
static := templates/static
built := $(static)/built/manifest.json
# Style is cut down to what the templates and the scripts name, so they are inputs too.
inputs := $(shell find templates/layouts templates/pages templates/components templates/src $(static)/js $(static)/css \
	$(static)/licences -type f 2>/dev/null) $(wildcard $(static)/*.mjs)

build: assets
	cargo build --release

run: assets
	@command -v cargo >/dev/null || { echo "Rust is missing: https://rustup.rs"; exit 1; }
	@command -v npm >/dev/null || { echo "Node 20 with npm is missing"; exit 1; }
	cargo build --release
	@mkdir -p .canvass; programs=$${CARGO_TARGET_DIR:-target}/release; \
	PORT=$(AUTHOR_PORT) STORE=sqlite:author.db SECURE_COOKIE=false SAMPLES=true QUESTIONNAIRES=questionnaires \
		REGISTRY_TOKEN_FILE=.canvass/registry.token RUNNER_URL=http://127.0.0.1:$(PORT) $$programs/author serve & \
	author=$$!; trap 'kill $$author 2>/dev/null; wait $$author' EXIT; trap 'exit 130' INT TERM; \
	PORT=$(PORT) CIR_API_BASE_URL=http://127.0.0.1:$(AUTHOR_PORT) CIR_TOKEN_FILE=.canvass/registry.token $$programs/runner demo

test: assets lint
	runner/tests/all.sh

# In real browsers, against a demonstration of the debug build.
browser: assets
	runner/tests/services/browsers.sh
	[ -n "$${RUNNER:-}" ] || cargo build -p runner -p pdf
	node runner/tests/browser/all.mjs

# Recorded journeys of SHARED, on SQLite; STORE=cassandra:HOST for another.
conformance: assets
	[ -n "$${RUNNER:-}" ] || cargo build -p runner -p pdf
	runner/tests/conformance.sh --sets single-respondent,lists-and-repeats,around-the-survey -j 2

# What a page costs. CASSANDRA=HOST measures with a running one; else one is started.
bench: assets
	runner/benches/bench.sh

# A respondent who wanders, SEEDS times through each questionnaire, or anew for SECONDS; SEED=n ONLY=questionnaire
# repeats a walk that failed.
soak: export SEEDS ?= 200
soak:
	cargo test --release -p engine --test wander a_wanderer -- --nocapture

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --features runner/memory -- -D warnings

doc:
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps

# The author's browser half, taken into its binary.
web := author/web
web_built := $(web)/dist/index.html
web_inputs := $(shell find $(web)/src $(web)/build schema/json -type f 2>/dev/null) $(web)/index.html $(web)/vite.config.ts

assets: $(built) $(web_built)

$(web_built): $(web)/node_modules/.package-lock.json $(web_inputs)
	cd $(web) && npm run --silent build

$(web)/node_modules/.package-lock.json: $(web)/package-lock.json $(web)/package.json
	cd $(web) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

$(built): $(static)/node_modules/.package-lock.json $(inputs)
	cd $(static) && node build.mjs

$(static)/node_modules/.package-lock.json: $(static)/package-lock.json
	cd $(static) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@
