# procure: `make demo` shows it, `make test` proves it.

.DEFAULT_GOAL := help
.PHONY: help demo test check bench run build format clean

ARGS ?=

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

demo: ## install what is missing, build, replay the 2020 season on the real network
	@scripts/demo $(ARGS)

test: ## check, then every test on SQLite and on a throw-away PostgreSQL
	@scripts/test $(ARGS)

check: ## format, budgets, imports, words, links; and that each of these rules can fail
	@scripts/check
	@scripts/check-selftest
	@scripts/check-docker

bench: ## speed as ratios against a reference; ARGS='Storage Award' for some of them
	@scripts/bench $(ARGS)

build: ## a release build, in .build/release/procure
	@scripts/install-missing build
	@swift build -c release --product procure

run: build ## any command: make run ARGS='stock show'
	@.build/release/procure $(ARGS)

format: ## put every Swift file into the project's format
	@swift format --in-place --parallel --recursive Sources Tests Benchmarks Package.swift

clean: ## remove what was built
	@rm -rf .build .demo
