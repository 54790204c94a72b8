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
TEST_FILES := settings
CFLAGS += -std=gnu11 -O2 -g -Wall -Wextra -D_GNU_SOURCE= $(KHDR_INCLUDES)
include ../lib.mk
CFLAGS += -I.. -I$(OUTPUT)

LIB_OBJ := $(LIB_SRC:%.c=$(OUTPUT)/lib/%.o)
EXTRA_CLEAN := $(OUTPUT)/requirements.inc $(OUTPUT)/pairs.inc $(OUTPUT)/lib

$(OUTPUT)/requirements.inc: expected/requirements.tsv common/requirements.awk
	awk -f common/requirements.awk $< > $@

$(OUTPUT)/pairs.inc: cases/pairs.tsv cases/pairs.awk
	awk -f cases/pairs.awk $< > $@

$(LIB_OBJ): $(OUTPUT)/lib/%.o: %.c $(HEADERS) $(OUTPUT)/requirements.inc
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -c $< -o $@

$(TEST_GEN_PROGS): $(OUTPUT)/%: cases/%.c $(LIB_OBJ) $(HEADERS) $(OUTPUT)/pairs.inc
	$(CC) $(CFLAGS) $(LDFLAGS) $(LINK) $< $(LIB_OBJ) $(USED_LIBS) -o $@

else

include standalone.mk

endif
