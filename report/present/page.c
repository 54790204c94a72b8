// SPDX-License-Identifier: GPL-2.0
/* What the page looks like, and its filter: page.css and page.js. */
#include "page.h"
#include "page.inc"
