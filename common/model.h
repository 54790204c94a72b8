/* SPDX-License-Identifier: GPL-2.0 */
/*
 * model - what userfaultfd.rst, ioctl_userfaultfd(2) and pagemap.rst say of a region, page by page, in a few lines.
 *
 * The model is told each operation, and compared with a view after each. Where the documentation is silent and kernels
 * differ (does a write map a THP? is a page of MADV_FREE still there? is a PMD still whole?) it knows what may be, takes
 * what the view shows for the fact, and goes on from there: it never guesses. Pages count from the region's start.
 */
#ifndef COMMON_MODEL_H
#define COMMON_MODEL_H

#include "../uffd/compiler.h"
#include "program.h"
#include "view.h"

/* What a page is; more than one bit: what it may be. Anonymous pages may be swapped out at any time. */
enum model_kind {
	MODEL_NONE = 1,
	MODEL_ZERO = 2,
	MODEL_ANON = 4,
};

struct model_page {
	uint8_t may;		/* enum model_kind */
	uint8_t first;		/* its first byte, which writers change */
	uint8_t last;		/* its last byte, set-up's */
	bool wp;
	bool lazy;		/* after MADV_FREE: may go at any time, with its protection and content */
	bool locked;		/* PROT_READ */
};

/* Is a PMD mapped by a huge entry? */
enum model_size {
	MODEL_SMALL,
	MODEL_HUGE,
	MODEL_EITHER,		/* nobody promised; the next view tells */
};

/* What else may have happened to all pages of a PMD that is huge after the operation. */
enum model_freedom {
	MODEL_POPULATES = 1,	/* what was unpopulated is there */
	MODEL_WRITES = 2,	/* what read as zero has memory of its own */
	MODEL_RESOLVES = 4,	/* all are unprotected: pagemap.rst lets a THP be reported whole */
};

struct model_pmd {
	enum model_size size;
	bool was_huge;		/* before the last operation */
	unsigned int free;	/* enum model_freedom, of the last operation */
};

struct model {
	enum region_mode mode;	/* as registered now */
	enum region_mode wanted;	/* as it is registered again */
	bool holes;		/* unpopulated pages are protected: WP_UNPOPULATED */
	bool events;		/* of fork and mremap */
	bool cut;		/* was populated while of several mappings, which need not become one again */
	size_t pages;
	size_t pmds;
	struct model_page *page;
	struct model_pmd *pmd;
};

/* The first way in which a view isn't what the model says. */
struct model_difference {
	enum requirement id;	/* REQUIREMENT_NONE: there is none */
	enum violation class;
	char text[256];
};

/* A region as stage_region() made and stage_register() registered it. 0 or -ENOMEM. */
int model_make(struct model *m, const struct program *p, const struct region *r, bool holes);
void model_free(struct model *m);

/*
 * Why @op makes no sense in this state, or meets a known bug that would drown all else; NULL when it is to be tried. @v
 * is what was last seen.
 */
const char *model_refuses(const struct model *m, const struct op *op, const struct view *v);

/* What the call must give: 0, or a negative errno; MODEL_ANY where it is the kernel's to decide; MODEL_FAILS: any errno. */
#define MODEL_ANY 1
#define MODEL_FAILS 2

int model_expects(const struct model *m, const struct op *op);

/* The effect of @op, which gave @result (0 or a negative errno); @value is what it wrote. */
void model_apply(struct model *m, const struct op *op, int result, uint8_t value);

/* May the page's store be waited for, by an event? */
bool model_blocks(const struct model *m, const struct op *op);

/*
 * Holds the view and the content of what is present against the model, after @op; takes over what the kernel was free to do.
 * Fills *d with the first difference.
 */
void model_compare(struct model *m, const struct view *v, const struct op *op, struct model_difference *d);

/* Notes a difference; always false, so that a check can return it. */
bool model_differ(struct model_difference *d, enum requirement id, enum violation class, const char *text, ...)
	__printf(4, 5);

/* For the other parts of the model: the PMDs that @op's range touches, all of them or those covered in part. */
void model_touch(struct model *m, const struct op *op, bool in_part, unsigned int freedom);

#endif /* COMMON_MODEL_H */
