# SPDX-License-Identifier: GPL-2.0
# The stand-alone build; see Makefile.

# The harness is the kernel's own: from KSELFTEST_DIR (a tools/testing/selftests folder), else from the
# distribution's linux-source, kept in the cache and never in this tree.
CACHE := $(or $(UFFD_CACHE),$(or $(XDG_CACHE_HOME),$(HOME)/.cache)/uffd-wp-conform)
SELFTESTS := $(or $(KSELFTEST_DIR),$(CACHE)/selftests)
HARNESS := $(SELFTESTS)/kselftest_harness.h

# Where everything is built; another folder for another architecture: see build_cross() in run.sh.
B := build

CFLAGS ?= -O2 -g
# The same bytes from the same sources, wherever they lie: lab/score knows a case by its binary.
HOUSE := -std=gnu11 -D_GNU_SOURCE= -Wall -Wextra -Werror -MMD -MP -ffile-prefix-map=$(CURDIR)=. \
	-ffile-prefix-map=$(abspath $(SELFTESTS))=selftests
COMPILE = $(CC) $(HOUSE) $(CPPFLAGS) $(CFLAGS)

BINARIES := $(CASES:%=cases/%)
LIB := $(B)/libwp.a
OBJCOPY ?= objcopy
LIB_OBJ := $(LIB_SRC:%.c=$(B)/obj/%.o)
PROGRAMS := $(B)/report $(B)/runner $(B)/init $(B)/probe $(B)/cases $(B)/peer $(B)/facts $(B)/progress $(B)/ticks \
	$(B)/counters
UNITS := $(patsubst tests/unit/%.c,$(B)/tests/%,$(wildcard tests/unit/*.c))
RUNNER_SRC := lab/runner.c lab/child.c lab/plan.c lab/proc.c lab/section.c lab/sink.c lab/warden.c

.DELETE_ON_ERROR:

all: $(BINARIES) $(PROGRAMS) $(B)/tests.tsv
cases: $(BINARIES)
.PHONY: all cases units check check-quick check-mutants check-face bench soak coverage lint clean

$(HARNESS):
ifdef KSELFTEST_DIR
	$(error KSELFTEST_DIR=$(KSELFTEST_DIR) holds no kselftest_harness.h: name a tools/testing/selftests folder)
else
	lab/fetch source >/dev/null
endif

$(B)/requirements.inc: expected/requirements.tsv common/requirements.awk
	@mkdir -p $(@D)
	awk -f common/requirements.awk $< > $@

# The programs of cases/pairs.c and cases/sequences.c: how many pairs they cover, awk -v count=1 tells.
$(B)/pairs.inc: cases/pairs.tsv cases/pairs.awk
	@mkdir -p $(@D)
	awk -f cases/pairs.awk $< > $@

$(B)/obj/%.o: %.c $(B)/requirements.inc
	@mkdir -p $(@D)
	$(COMPILE) -I$(B) -c $< -o $@

$(LIB): $(LIB_OBJ)
	$(AR) rcs $@ $?

$(B)/obj/cases/%.o: cases/%.c $(B)/requirements.inc $(B)/pairs.inc | $(HARNESS)
	@mkdir -p $(@D)
	$(COMPILE) -isystem $(SELFTESTS) -I$(B) -c $< -o $@

$(BINARIES): cases/%: $(B)/obj/cases/%.o $(LIB)
	$(CC) $(LDFLAGS) $(LINK) $^ $(USED_LIBS) -o $@

# case<TAB>test<TAB>ids: what the binaries say of themselves.
$(B)/tests.tsv: $(BINARIES)
	for c in $(CASES); do cases/$$c --list | sed "s/^/$$c\t/"; done > $@

$(B)/probe: $(patsubst %.c,$(B)/obj/%.o,$(wildcard common/probe*.c)) $(LIB)
	$(CC) $(LDFLAGS) $(LINK) $^ $(USED_LIBS) -o $@

# What guests run: see lab/cases.c. It is the newest, so that lab/image can tell a stale one.
PROBE_OBJ := $(patsubst %.c,$(B)/obj/%.o,$(wildcard common/probe*.c))
ALONE = $(OBJCOPY) --keep-global-symbol=main_$* --redefine-sym main=main_$* \
	--redefine-sym __start_covers=__start_covers_$* --redefine-sym __stop_covers=__stop_covers_$* \
	--rename-section covers=covers_$* --rename-section .init_array.20000=register_$*

$(B)/programs.inc: $(CASES:%=cases/%.c)
	@mkdir -p $(@D)
	printf 'PROGRAM(%s)\n' $(CASES) probe > $@

$(B)/obj/cases/probe.o: $(PROBE_OBJ)
	@mkdir -p $(@D)
	$(LD) -r -o $@ $^

$(B)/obj/alone/%.o: $(B)/obj/cases/%.o
	@mkdir -p $(@D)
	$(ALONE) $< $@

$(B)/obj/lab/cases.o: $(B)/programs.inc

$(B)/cases: $(B)/obj/lab/cases.o $(CASES:%=$(B)/obj/alone/%.o) $(B)/obj/alone/probe.o $(LIB) $(if $(filter build,$(B)),| $(BINARIES) $(B)/probe)
	$(CC) $(LDFLAGS) $(LINK) $^ $(USED_LIBS) -o $@

$(B)/report: $(patsubst %.c,$(B)/obj/%.o,$(wildcard report/*.c))
	$(CC) $(LDFLAGS) $^ -ljansson -o $@

$(B)/progress: $(B)/obj/lab/progress.o
	$(CC) $(LDFLAGS) $^ -o $@

# What the facts of a stream mean.
$(B)/facts: $(patsubst %.c,$(B)/obj/%.o,$(wildcard report/facts/*.c) report/table.c report/text.c report/when.c)
	$(CC) $(LDFLAGS) $^ -ljansson -o $@

# The formats that others read; the page's style and script become strings.
$(B)/page.inc: report/present/page.css report/present/page.js
	@mkdir -p $(@D)
	for f in css js; do \
		printf 'const char page_%s[] =\n' $$f; \
		sed 's/[\\"]/\\&/g; s/.*/"&\\n"/' report/present/page.$$f; \
		echo ';'; \
	done > $@

$(B)/obj/report/present/page.o: $(B)/page.inc
$(B)/obj/report/present/%.o: CPPFLAGS += $(shell xml2-config --cflags 2>/dev/null)

$(B)/present: $(patsubst %.c,$(B)/obj/%.o,$(wildcard report/present/*.c) report/text.c)
	$(CC) $(LDFLAGS) $^ -ljansson -lxml2 -o $@

$(B)/runner: $(patsubst %.c,$(B)/obj/%.o,lab/runner_main.c $(RUNNER_SRC))
	$(CC) $(LDFLAGS) $(LINK) $^ -o $@

$(B)/init: $(patsubst %.c,$(B)/obj/%.o,lab/init.c lab/guest.c $(RUNNER_SRC))
	$(CC) $(LDFLAGS) $(LINK) $^ -o $@

# What starts the kernel's own selftests in a guest: see lab/peers.
$(B)/peer: $(B)/obj/lab/peer.o $(LIB)
	$(CC) $(LDFLAGS) $(LINK) $^ $(USED_LIBS) -o $@

# What takes a kernel's counters out of a guest: see lab/coverage.
$(B)/counters: $(B)/obj/lab/counters.o
	$(CC) $(LDFLAGS) $(LINK) $^ -o $@

$(B)/ticks: $(B)/obj/lab/ticks.o
	$(CC) $(LDFLAGS) $^ -o $@

$(B)/tests/%: $(B)/obj/tests/unit/%.o $(LIB)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) $(LINK) $^ $(USED_LIBS) -o $@
units: $(UNITS)

# Sets up what a bare Debian lacks, builds, and runs everything: see tests/check.
check:
	tests/check
check-quick:
	tests/check --quick
# Packages, installed trees, what other engines run: takes minutes.
check-face:
	tests/check --face
# All mutants, and a sample of them in guests of their own.
check-mutants:
	tests/mutants
bench:
	tests/bench
soak:
	tests/soak
# Builds a kernel of its own: see docs/coverage.md.
coverage: all
	lab/coverage
lint:
	tests/lint

include install.mk

clean:
	rm -rf build $(BINARIES)

-include $(wildcard $(B)/obj/*/*.d $(B)/obj/*/*/*.d)
.SECONDARY:
