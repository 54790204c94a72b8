/* SPDX-License-Identifier: GPL-2.0 */
/* Between view.c, which keeps what was read, and view_read.c, which reads it. */
#ifndef COMMON_VIEW_IMPL_H
#define COMMON_VIEW_IMPL_H

#include "view.h"

/* Makes *v an empty view of @r, in the memory that it has if that fits. 0 or -ENOMEM. */
int view_alloc(struct view *v, const struct region *r);

#endif
