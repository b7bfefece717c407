# The four things one does with Zhiheng. Each installs what it needs; see README.md.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PACKAGES := libsqlite3-dev libre2-dev libopencc-dev libjs-bootstrap5 sqlite3 pkg-config tzdata
SWIFT ?= swift
DEMO ?= .build/demonstration

.PHONY: help run serve test lint format bench install prepare build clean

help:
	@echo "make run      install what is missing, build, load the demonstration, print the report"
	@echo "make serve    the same, then the site at http://127.0.0.1:8080/"
	@echo "make test     all tests"
	@echo "make lint     format and style"
	@echo "make format   rewrite the sources in the house format"
	@echo "make bench    measure, with the peers in the same run"
	@echo "make install  PREFIX=/usr/local"

# Installs Debian packages that are missing; says what to do where it may not.
prepare:
	@scripts/prepare $(PACKAGES)

build: prepare
	$(SWIFT) build -c release --product zhiheng

run: build
	@scripts/demonstration "$$($(SWIFT) build -c release --show-bin-path)/zhiheng" "$(DEMO)"

serve: run
	@ZHIHENG_DATA="$(DEMO)/data" "$$($(SWIFT) build -c release --show-bin-path)/zhiheng" serve --port $(PORT)

PORT ?= 8080

test: prepare
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	$(SWIFT) test --skip-build --parallel

lint:
	$(SWIFT) format lint --strict --parallel --recursive Sources Tests Benchmarks Package.swift

format:
	$(SWIFT) format --in-place --parallel --recursive Sources Tests Benchmarks Package.swift

bench: prepare
	@scripts/bench $(BENCH)

PREFIX ?= /usr/local
install: build
	install -D "$$($(SWIFT) build -c release --show-bin-path)/zhiheng" "$(DESTDIR)$(PREFIX)/bin/zhiheng"
	mkdir -p "$(DESTDIR)$(PREFIX)/share/zhiheng"
	cp -R rulebook examples site "$(DESTDIR)$(PREFIX)/share/zhiheng/"

clean:
	$(SWIFT) package clean
	rm -rf "$(DEMO)"
