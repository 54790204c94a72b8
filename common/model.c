// SPDX-License-Identifier: GPL-2.0
/* The state, as set-up leaves it. */
#include <errno.h>
#include <stdlib.h>

#include "model.h"

static uint8_t kind_of(enum backing b)
{
	if (b == UNPOPULATED)
		return MODEL_NONE;
	return b == HUGE_ZERO || b == ZERO_PTES ? MODEL_ZERO : MODEL_ANON;
}

int model_make(struct model *m, const struct program *p, const struct region *r, bool holes)
{
	bool huge = r->backing == HUGE_ZERO || r->backing == ANON_THP;
	size_t i;

	*m = (struct model){
		.mode = p->mode, .wanted = p->mode, .holes = holes, .events = p->events,
		.pages = r->pages, .pmds = r->pmds,
	};
	m->page = calloc(m->pages, sizeof(*m->page));
	m->pmd = calloc(m->pmds, sizeof(*m->pmd));
	if (!m->page || !m->pmd)
		return -ENOMEM;
	for (i = 0; i < m->pages; i++)
		m->page[i] = (struct model_page){
			.may = kind_of(r->backing),
			.first = region_pattern(r, i), .last = region_pattern(r, i),
		};
	for (i = 0; i < m->pmds; i++)
		m->pmd[i].size = huge ? MODEL_HUGE : MODEL_SMALL;
	return 0;
}

void model_free(struct model *m)
{
	free(m->page);
	free(m->pmd);
	m->page = NULL;
	m->pmd = NULL;
}
