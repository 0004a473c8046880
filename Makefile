# Each target does its own set-up, system packages included.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := build
MAKEFLAGS += --no-print-directory

SOURCES := Package.swift Sources Tests scripts/document.swift $(wildcard Benchmarks Fuzzing)
# Tests need -enable-testing; a folder of their own keeps them from rebuilding the commands each time.
TEST_BUILD := --scratch-path .build-tests -c release -Xswiftc -enable-testing

# What processors without AVX-512 or its bf16 instructions run; an unknown name means the best there is.
OTHER_KERNELS := avx512 avx2 portable

.PHONY: help setup build demo test test-all bench fuzz format lint manual docs clean

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install the system libraries that are missing (Debian, Ubuntu)
	@scripts/setup

build: setup ## build the commands in release mode
	@swift build -c release

demo: build ## pretrain, transfer, classify and generate on the data shipped here
	@scripts/demo

test: setup lint ## check the formatting and run the tests
	@GOMP_SPINCOUNT=1000 swift test $(TEST_BUILD) --no-parallel $(if $(FILTER),--filter $(FILTER))
	@$(if $(FILTER),,for kernels in $(OTHER_KERNELS); do echo "again with SENTIMENT_KERNELS=$$kernels"; \
	  SENTIMENT_KERNELS=$$kernels GOMP_SPINCOUNT=1000 swift test $(TEST_BUILD) --skip-build --no-parallel \
	    --filter 'TensorsTests|ModelsTests'; done)

test-all: export SENTIMENT_TEST_ALL := 1
test-all: test ## the same with the tests that take minutes, and some under the sanitizers
	@scripts/sanitize

bench: build ## measure speed, as ratios to what the machine can do and to PyTorch
	@Benchmarks/run $(if $(ONLY),--only $(ONLY)) $(if $(KERNELS),--kernels $(KERNELS))

fuzz: setup ## give a million mutated files to each reader and to the cleaning
	@swift build -c release --product FuzzReaders
	@.build/release/FuzzReaders --inputs $(or $(INPUTS),1000000) --seed $(or $(SEED),1)

format: ## format the sources in place
	@swift format --in-place --recursive --parallel $(SOURCES)

lint: ## check the formatting, and what each target imports, without changing anything
	@scripts/check-imports
	@swift format lint --strict --recursive --parallel $(SOURCES)

manual: build ## write the tables of options into script_docs/arguments.md
	@.build/release/sentiment-tools update-manual script_docs/arguments.md

docs: build ## check that all public API is documented; write it to .build/docs
	@scripts/docs

clean: ## remove everything that was built
	@rm -rf .build .build-tests .build-sanitize .build-sanitize-threads
