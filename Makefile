# SPDX-License-Identifier: GPL-2.0
#
# Stand-alone: binaries at cases/NAME, all else under build/. Laid into tools/testing/selftests/ of a kernel
# source, the same file is that folder's kselftest Makefile.

CASES := $(sort $(patsubst cases/%.c,%,$(wildcard cases/*.c)))
LIB_SRC := $(filter-out common/probe%,$(wildcard uffd/*.c common/*.c))
HEADERS := $(wildcard uffd/*.h common/*.h cases/*.h)
# Static: the same binary runs here and in a guest without a libc.
LINK := -static
USED_LIBS := -luring -lpthread

ifneq ($(wildcard ../lib.mk),)

TEST_GEN_PROGS := $(CASES)
CFLAGS += -std=gnu11 -O2 -g -Wall -Wextra -D_GNU_SOURCE= $(KHDR_INCLUDES)
EXTRA_CLEAN := $(OUTPUT)/requirements.inc
include ../lib.mk
CFLAGS += -I.. -I$(OUTPUT)

$(OUTPUT)/requirements.inc: expected/requirements.tsv common/requirements.awk
	awk -f common/requirements.awk $< > $@

$(TEST_GEN_PROGS): $(OUTPUT)/%: cases/%.c $(LIB_SRC) $(HEADERS) $(OUTPUT)/requirements.inc
	$(CC) $(CFLAGS) $(LDFLAGS) $(LINK) $< $(LIB_SRC) $(USED_LIBS) -o $@

else

include standalone.mk

endif
