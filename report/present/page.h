/* SPDX-License-Identifier: GPL-2.0 */
/* page - the parts of the HTML report, and the elements that they are made of. */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include <libxml/tree.h>

#include "present.h"

/* page.css and page.js, by the build. */
extern const char page_css[], page_js[];

/* A child of @parent; @text (NULL: none) and values are escaped when the page is written. */
xmlNode *element(xmlNode *parent, const char *name, const char *class, const char *text);
void attribute(xmlNode *node, const char *name, const char *value);

/* A link within the page: to the element whose id link_id() gives for @kind and @name. */
xmlNode *link_to(xmlNode *parent, const char *kind, size_t kernel, const char *name, const char *text);
void make_target(xmlNode *node, const char *kind, size_t kernel, const char *name);

/*
 * A reading of a region, as a violation prints it ("#   before  pmd+0  [0..5) zero wp  [5] anon rw"): a strip a PMD, a box a run,
 * its length and pattern by what the pages are, its words in it. False when @line is none.
 */
bool add_strip(xmlNode *parent, const char *line);

void add_legend(xmlNode *parent);
void add_matrix(xmlNode *parent, const struct verdicts *verdicts);
void add_violations(xmlNode *parent, const struct verdicts *verdicts);
void add_tests(xmlNode *parent, const struct verdicts *verdicts);

#endif /* REPORT_PAGE_H */
