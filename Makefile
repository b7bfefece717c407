# What one does with Zhiheng. Each installs what it needs; see README.md.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PACKAGES := libsqlite3-dev libre2-dev libopencc-dev libqrencode-dev libxlsxwriter-dev libjs-bootstrap5 sqlite3 pkg-config tzdata
# For papers as PDF and DOCX, and their tests; without them the site says which package is missing.
OPTIONAL_PACKAGES := weasyprint pandoc fonts-noto-cjk poppler-utils zbar-tools unzip
SWIFT ?= swift
DEMO ?= .build/demonstration
CONFIGURATION ?= release

.PHONY: help run demo serve browser contract test lint format bench install prepare papers build clean

help:
	@echo "make run      install what is missing, build, load the demonstration, serve it at http://127.0.0.1:8080/"
	@echo "make demo     the same without serving"
	@echo "make serve    serve the demonstration that is loaded; PORT=8081 for another port"
	@echo "make test     all tests"
	@echo "make browser  the site in Chromium: the loop, every page, accessibility"
	@echo "make contract hold the API to its description, with schemathesis from PyPI"
	@echo "make lint     format and style"
	@echo "make format   rewrite the sources in the house format"
	@echo "make bench    measure, with the peers in the same run"
	@echo "make install  PREFIX=/usr/local"

# Installs Debian packages that are missing; says what to do where it may not.
prepare:
	@scripts/prepare $(PACKAGES)

# Installs what makes and checks papers.
papers:
	@scripts/prepare $(OPTIONAL_PACKAGES)

build: prepare
	$(SWIFT) build -c $(CONFIGURATION) --product zhiheng

PORT ?= 8080
PROGRAM = $$($(SWIFT) build -c $(CONFIGURATION) --show-bin-path)/zhiheng

run: demo
	@$(MAKE) --no-print-directory serve

demo: build
	@PORT=$(PORT) scripts/demonstration "$(PROGRAM)" "$(DEMO)"

# The clock of the demonstration begins on the morning that its story has reached, and runs on.
serve:
	@test -d "$(DEMO)/data" || { echo "make demo 先载入演示 · make demo loads the demonstration first" >&2; exit 3; }
	@ZHIHENG_DATA="$(DEMO)/data" ZHIHENG_NOW=2026-03-21T09:00:00+08:00 "$(PROGRAM)" serve --port $(PORT)

test: prepare
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	$(SWIFT) test --skip-build --parallel

# What only the browser tests need.
BROWSER_PACKAGES := chromium chromium-driver python3-selenium python3-pip
browser:
	@scripts/prepare $(BROWSER_PACKAGES)
	@test -d "$(DEMO)/data" || $(MAKE) --no-print-directory demo
	@scripts/browser "$(PROGRAM)" "$(DEMO)/data" $(BROWSER)

# What only the contract needs, beside schemathesis from PyPI.
CONTRACT_PACKAGES := python3-venv python3-pip curl
contract: prepare
	@scripts/prepare $(CONTRACT_PACKAGES)
	$(SWIFT) build --product zhiheng
	@Tests/Contract/run "$$($(SWIFT) build --show-bin-path)/zhiheng"

lint:
	$(SWIFT) format lint --strict --parallel --recursive Sources Tests Benchmarks Package.swift

format:
	$(SWIFT) format --in-place --parallel --recursive Sources Tests Benchmarks Package.swift

bench: prepare
	@scripts/bench $(BENCH)

PREFIX ?= /usr/local
install: build
	install -D "$(PROGRAM)" "$(DESTDIR)$(PREFIX)/bin/zhiheng"
	mkdir -p "$(DESTDIR)$(PREFIX)/share/zhiheng"
	cp -R rulebook examples site "$(DESTDIR)$(PREFIX)/share/zhiheng/"

clean:
	$(SWIFT) package clean
	rm -rf "$(DEMO)"
