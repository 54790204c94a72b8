# SPDX-License-Identifier: GPL-2.0
# make install [DESTDIR=] [PREFIX=]: a tree that runs where it lies, PREFIX/lib/uffd-wp-conform, and a name for it in PREFIX/bin.

PREFIX ?= /usr/local
NAME := uffd-wp-conform
TREE := $(PREFIX)/lib/$(NAME)
COMPLETIONS := $(PREFIX)/share/bash-completion/completions
DOC := $(PREFIX)/share/doc/$(NAME)
INSTALL ?= install

INSTALLED_PROGRAMS := $(addprefix $(B)/,cases report runner init facts progress present peer)
# The scripts, and what they read; their programs' sources stay.
INSTALLED_LAB = $(filter-out %.c %.h,$(shell find lab -type f)) $(wildcard lab/mutants/*.h lab/flavours/*.h)
INSTALLED_DOCS = README.md $(wildcard docs/*.md)

.PHONY: install uninstall

# Each case and the probe are build/cases by another name, as in a guest: see lab/cases.c.
install: all $(B)/present
	$(INSTALL) -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(TREE)/cases $(DESTDIR)$(TREE)/build $(DESTDIR)$(TREE)/docs/schema \
		$(DESTDIR)$(COMPLETIONS) $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(DOC)
	for f in $(INSTALLED_LAB); do \
		mode=644; test ! -x $$f || mode=755; \
		$(INSTALL) -D -m $$mode $$f $(DESTDIR)$(TREE)/$$f || exit; \
	done
	$(INSTALL) -m 755 run.sh $(DESTDIR)$(TREE)/
	$(INSTALL) -D -m 644 -t $(DESTDIR)$(TREE)/expected expected/*.tsv
	for c in $(CASES); do ln -sf ../build/cases $(DESTDIR)$(TREE)/cases/$$c || exit; done
	ln -sf cases $(DESTDIR)$(TREE)/build/probe
	$(INSTALL) -m 755 $(INSTALLED_PROGRAMS) $(DESTDIR)$(TREE)/build/
	$(INSTALL) -m 644 $(B)/tests.tsv $(DESTDIR)$(TREE)/build/
	$(INSTALL) -m 644 docs/schema/* $(DESTDIR)$(TREE)/docs/schema/
	ln -sf ../lib/$(NAME)/run.sh $(DESTDIR)$(PREFIX)/bin/$(NAME)
	$(INSTALL) -m 644 docs/$(NAME).1 $(DESTDIR)$(PREFIX)/share/man/man1/
	$(INSTALL) -m 644 contrib/completion.bash $(DESTDIR)$(COMPLETIONS)/$(NAME)
	$(INSTALL) -m 644 $(INSTALLED_DOCS) $(DESTDIR)$(DOC)/

# Takes away what install laid down; the tree is nobody else's.
uninstall:
	rm -rf $(DESTDIR)$(TREE) $(DESTDIR)$(DOC)
	rm -f $(DESTDIR)$(PREFIX)/bin/$(NAME) $(DESTDIR)$(PREFIX)/share/man/man1/$(NAME).1 $(DESTDIR)$(COMPLETIONS)/$(NAME)
