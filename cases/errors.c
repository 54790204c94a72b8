// SPDX-License-Identifier: GPL-2.0
/*
 * Bad input to every ioctl of the descriptor: the documented errno, and nothing changed.
 * Why: a range that is rounded, or half done, in silence protects other pages than its caller believes.
 */
#include <linux/aio_abi.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include "../common/reshape.h"
#include "case.h"
#include "variants.h"

#define PAGE 5
#define VALUE 0xa5
#define EVERYWHERE (UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP)
#define UNKNOWN_MODE (1ULL << 40)

/* A range, in bytes from the page at which it would be good. */
struct range {
	const char *what;
	ptrdiff_t start;
	ptrdiff_t len;
};

static const struct range bad_ranges[] = {
	{ "that starts inside a page", 1, 4096 },
	{ "that starts inside a page and ends at its end", 64, 4032 },
	{ "of a part of a page", 0, 100 },
	{ "of nothing", 0, 0 },
	{ "that wraps around", 0, -4096 },
	{ "beyond a process's addresses", PTRDIFF_MIN, 4096 },
};

static int protect_it(const struct stage *s, char *at, size_t len, uint64_t mode)
{
	return uffd_writeprotect(&s->uffd, at, len, mode | UFFDIO_WRITEPROTECT_MODE_WP);
}

static int unprotect_it(const struct stage *s, char *at, size_t len, uint64_t mode)
{
	return uffd_writeprotect(&s->uffd, at, len, mode);
}

static int register_it(const struct stage *s, char *at, size_t len, uint64_t mode)
{
	return uffd_register(&s->uffd, at, len, mode | UFFDIO_REGISTER_MODE_WP, NULL);
}

static int unregister_it(const struct stage *s, char *at, size_t len, uint64_t mode)
{
	(void)mode;
	return uffd_unregister(&s->uffd, at, len);
}

static int wake_it(const struct stage *s, char *at, size_t len, uint64_t mode)
{
	(void)mode;
	return uffd_wake(&s->uffd, at, len);
}

static int copy_it(const struct stage *s, char *at, size_t len, uint64_t mode)
{
	static char page[1 << 16];

	return uffd_copy(&s->uffd, at, page, len, mode, NULL);
}

static int zero_it(const struct stage *s, char *at, size_t len, uint64_t mode)
{
	return uffd_zeropage(&s->uffd, at, len, mode, NULL);
}

static int continue_it(const struct stage *s, char *at, size_t len, uint64_t mode)
{
	return uffd_continue(&s->uffd, at, len, mode, NULL);
}

FIXTURE(bad)
{
	struct stage s;
};

FIXTURE_VARIANT(bad)
{
	int (*call)(const struct stage *s, char *at, size_t len, uint64_t mode);
	bool modeless;
};

FIXTURE_VARIANT_ADD(bad, protect) { .call = protect_it };
FIXTURE_VARIANT_ADD(bad, unprotect) { .call = unprotect_it };
FIXTURE_VARIANT_ADD(bad, register) { .call = register_it };
FIXTURE_VARIANT_ADD(bad, unregister) { .call = unregister_it, .modeless = true };
FIXTURE_VARIANT_ADD(bad, wake) { .call = wake_it, .modeless = true };
FIXTURE_VARIANT_ADD(bad, copy) { .call = copy_it };
FIXTURE_VARIANT_ADD(bad, zeropage) { .call = zero_it };
FIXTURE_VARIANT_ADD(bad, continue) { .call = continue_it };

/* Each page that a call might hit differs from its neighbours: protected, and not. */
FIXTURE_SETUP(bad)
{
	struct stage *s = &self->s;

	CASE_REGISTERED_PAGES(s, SYNC, BASE_PAGES, 16);
	ASSERT_OK(register_it(s, s->region.start, s->region.pages * page_size(), EVERYWHERE));
	ASSERT_OK(region_advise(&s->region, 0, 1, MADV_DONTNEED));
	ASSERT_OK(stage_protect(s, PAGE, PAGE + 1));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(bad)
{
	stage_clear(&self->s);
}

TEST_F(bad, ranges_and_modes_are_refused_and_change_nothing)
{
	COVERS(IF_ERRORS);
	struct stage *s = &self->s;
	size_t i, page;

	for (i = 0; i < ARRAY_SIZE(bad_ranges); i++)
		for (page = 0; page < 2 * PAGE; page += PAGE) {
			const struct range *r = &bad_ranges[i];
			uintptr_t at = (uintptr_t)stage_page(s, page) + r->start;
			int err = variant->call(s, (char *)at, r->len, 0);

			EXPECT_THAT(err == -EINVAL, INTERFACE, "EINVAL for a range %s, at page %zu; it gave %s", r->what,
				    page, err ? strerror(-err) : "success");
		}
	if (!variant->modeless)
		EXPECT_ERROR(variant->call(s, stage_page(s, PAGE), page_size(), UNKNOWN_MODE), -EINVAL);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
}

FIXTURE(plain)
{
	struct stage s;
	struct stage outside;	/* not registered */
};

FIXTURE_SETUP(plain)
{
	CASE_STAGE_PAGES(&self->s, SYNC, BASE_PAGES, 16);
	self->outside.uffd.fd = -1;
	ARRANGE(stage_region(&self->outside, BASE_PAGES, 16, &lack));
	LOOK(&self->outside, &self->outside.before);
}

FIXTURE_TEARDOWN(plain)
{
	stage_clear(&self->s);
	stage_clear(&self->outside);
}

TEST_F(plain, what_isnt_registered_is_refused_and_stays_as_it_was)
{
	COVERS(IF_ERRORS);
	struct stage *s = &self->s, *outside = &self->outside;
	char *at = stage_page(outside, PAGE);

	EXPECT_ERROR(protect_it(s, at, page_size(), 0), -ENOENT);
	EXPECT_ERROR(unprotect_it(s, at, page_size(), 0), -ENOENT);
	EXPECT_ERROR(copy_it(s, at, page_size(), 0), -ENOENT);
	EXPECT_ERROR(zero_it(s, at, page_size(), 0), -ENOENT);
	LOOK(outside, &outside->after);
	EXPECT_SAME(outside, &outside->before, &outside->after);
}

TEST_F(plain, modes_that_contradict_each_other_are_refused)
{
	COVERS(IF_ERRORS);
	struct stage *s = &self->s;

	EXPECT_ERROR(protect_it(s, stage_page(s, PAGE), page_size(), UFFDIO_WRITEPROTECT_MODE_DONTWAKE), -EINVAL);
	EXPECT_ERROR(uffd_register(&s->uffd, stage_page(s, 0), page_size(), 0, NULL), -EINVAL);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
}

TEST_F(plain, half_registered_range_is_refused_and_changes_nothing)
{
	COVERS(IF_ERRORS, WP_RANGE_EXACT);
	struct stage *s = &self->s;

	ASSERT_OK(stage_unprotect(s, 0, s->region.pages, 0));
	ASSERT_OK(uffd_unregister(&s->uffd, stage_page(s, PAGE), (s->region.pages - PAGE) * page_size()));
	s->region.mode = UNREGISTERED;
	LOOK(s, &s->before);
	EXPECT_ERROR(stage_protect(s, 0, s->region.pages), -ENOENT);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);
}

/* Where the kernel's own mapping @name lies in this process; 0 when it has none. */
static uintptr_t special_mapping(const char *name)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	unsigned long start = 0;
	char line[256];

	while (maps && fgets(line, sizeof(line), maps))
		if (strstr(line, name) && sscanf(line, "%lx", &start) == 1)
			break;
	if (maps)
		fclose(maps);
	return start;
}

/* Async protection is for every kind of memory, but for the kernel's own. */
FIXTURE(special)
{
	struct stage s;
	aio_context_t ring;	/* of the kernel's making, and writable */
};

FIXTURE_SETUP(special)
{
	CASE_REGISTERED_PAGES(&self->s, ASYNC, BASE_PAGES, 16);
	/* Where there is none, the other mappings must do. */
	syscall(SYS_io_setup, 1, &self->ring);
}

FIXTURE_TEARDOWN(special)
{
	syscall(SYS_io_destroy, self->ring);
	stage_clear(&self->s);
}

TEST_F(special, mappings_cant_be_registered)
{
	COVERS(IF_ERRORS);
	static const char *const names[] = { "[vdso]", "[vvar]", "[aio]" };
	struct stage *s = &self->s;
	size_t i, seen = 0;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		char *at = (char *)special_mapping(names[i]);
		int err = at ? register_it(s, at, page_size(), 0) : -EINVAL;

		seen += !!at;
		EXPECT_THAT(err == -EINVAL || err == -EPERM, INTERFACE, "%s not to be registered; it gave %s", names[i],
			    err ? strerror(-err) : "success");
	}
	if (!seen)
		SKIP(return, "no vdso in this process: boot without vdso=0");
}
