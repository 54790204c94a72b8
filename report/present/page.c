// SPDX-License-Identifier: GPL-2.0
/* What the page looks like, and its filter: page.css and page.js. */
extern const char page_css[], page_js[];

#include "page.inc"
