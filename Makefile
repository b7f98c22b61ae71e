# Thin names for the real commands. `make` alone lists them.

PREFIX ?= /usr/local
SWIFT ?= swift
BUILD := $(SWIFT) build
# Without symbols the program is half as big.
RELEASE := $(BUILD) -c release --static-swift-stdlib -Xlinker -s
BINARY := .build/release/baryon
SHARE := $(DESTDIR)$(PREFIX)/share

# Tests that wait for other programs run apart: each of them holds a thread, and they would starve the rest.
TEST := PATH="$(CURDIR)/.build/venv/bin:$$PATH" $(SWIFT) test --skip-build --disable-xctest
SLOW_SUITES := StackInterruptionTests MotoTests MotoCaseTests MotoJourneyTests AdoptionTests AdoptionPageTests \
	ThousandKillsTests CrowdTests
SLOW := StackInterruptionTests|MotoTests|MotoCaseTests|MotoJourneyTests|AdoptionTests|AdoptionPageTests|ThousandKillsTests|CrowdTests

# Workloads of the engines come from outside, as the cases do.
BARYON_BENCH ?= ../shared/bench

FUZZ_TARGETS := template rendering yaml cloudFormation json schema pattern archive
FUZZ_SECONDS ?= 60

.DEFAULT_GOAL := help
.PHONY: help run test bench fuzz install lint format starter release

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 18

run: release ## build, and open the catalog
	$(BINARY)

test: ## build and run all tests
	@.ci/setup test
	$(BUILD) --build-tests --explicit-target-dependency-import-check error
	$(TEST) --skip 'ProvisioningTests|Journeys|$(SLOW)'
	$(TEST) --filter 'ProvisioningTests' --skip '$(SLOW)'
	$(TEST) --filter 'Journeys' --skip '$(SLOW)'
	for suite in $(SLOW_SUITES); do $(TEST) --filter $$suite || exit 1; done

bench: release ## fill a big workspace, and time start, keys and queries on it; time plans, rehearsals and engines
	$(RELEASE) --product baryon-bench
	test -d .build/bench || .build/release/baryon-bench fill --workspace .build/bench.new
	test -d .build/bench || mv .build/bench.new .build/bench
	python3 Tests/Benchmarks/screens.py $(BINARY) .build/bench
	.build/release/baryon-bench queries --workspace .build/bench
	.build/release/baryon-bench names --workspace .build/bench
	.build/release/baryon-bench plan
	.build/release/baryon-bench deploy
	@test -d $(BARYON_BENCH) || echo "skipped: no workloads at $(BARYON_BENCH)"
	for file in $(wildcard $(BARYON_BENCH)/jinja/*.j2); do \
		echo $$file; .build/release/baryon-bench jinja $$file $${file%.j2}.json || exit 1; done
	for file in $(wildcard $(BARYON_BENCH)/schema/*_schema.json); do \
		echo $$file; name=$${file%_schema.json}; \
		.build/release/baryon-bench schema $$file $${name}_valid.json $${name}_invalid.json || exit 1; done

fuzz: ## search for inputs that stop the program: a minute each reader, FUZZ_SECONDS=60
	@.ci/setup build
	BARYON_FUZZ=1 $(BUILD) -c release --scratch-path .build/fuzz --product fuzz --sanitize fuzzer
	for target in $(FUZZ_TARGETS); do \
		mkdir -p .build/fuzz/corpus/$$target; \
		echo "fuzzing $$target"; \
		FUZZ_TARGET=$$target .build/fuzz/release/fuzz -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -timeout=10 \
			-rss_limit_mb=1024 -verbosity=0 -print_final_stats=1 -artifact_prefix=.build/fuzz/$$target- \
			.build/fuzz/corpus/$$target Tests/Fuzz/Seeds/$$target || exit 1; \
	done

release: ## build the program for use
	@.ci/setup build
	$(RELEASE) --product baryon

install: release ## install to PREFIX (/usr/local): program, colour schemes, completions, manual page
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/baryon/themes $(SHARE)/bash-completion/completions \
		$(SHARE)/zsh/site-functions $(SHARE)/fish/vendor_completions.d $(SHARE)/man/man1
	install -m 755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/baryon
	install -m 644 Themes/*.yaml $(SHARE)/baryon/themes/
	$(BINARY) --generate-completion-script bash > $(SHARE)/bash-completion/completions/baryon
	$(BINARY) --generate-completion-script zsh > $(SHARE)/zsh/site-functions/_baryon
	$(BINARY) --generate-completion-script fish > $(SHARE)/fish/vendor_completions.d/baryon.fish
	# The argument parser's plugin would build the program a second time: its tool is called instead.
	$(RELEASE) --product generate-manual
	.build/release/generate-manual $(BINARY) --output-directory .build
	install -m 644 .build/baryon.1 $(SHARE)/man/man1/baryon.1

lint: ## check format, layers and the list of embedded files
	$(SWIFT) format lint --strict -r Package.swift Sources Tests
	.ci/layers
	.ci/starter-list --check

format: ## format the sources
	$(SWIFT) format -i -r Package.swift Sources Tests

starter: ## renew the list of embedded files after adding or removing one
	.ci/starter-list
