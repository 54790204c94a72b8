// SPDX-License-Identifier: GPL-2.0
/*
 * UFFDIO_MOVE of pages that somebody else holds: a huge page, a part of which waits in a pipe.
 * Why: it can be neither moved nor broken up, perhaps for ever; whoever moves has to be told, not kept.
 */
#include <fcntl.h>
#include <sys/uio.h>

#include "../common/process.h"
#include "case.h"
#include "moving.h"

#define HELD 7
/* Pages [FIRST, END) are to be moved: a part of the huge page. */
#define FIRST 0
#define END 4

FIXTURE(move_pinned)
{
	struct stage s;
	struct stage to;
	int pipe[2];
};

/* The pipe refers to the page itself, not to a copy: vmsplice(2). */
static int hold(struct stage *s, size_t page, int *ends)
{
	struct iovec iov = { stage_page(s, page), page_size() };

	if (pipe2(ends, O_CLOEXEC))
		return -errno;
	return vmsplice(ends[1], &iov, 1, 0) < 0 ? -errno : 0;
}

FIXTURE_SETUP(move_pinned)
{
	struct stage *s = &self->s;

	self->to.uffd.fd = -1;
	ARRANGE(stage_region(s, ANON_THP, pmd_pages(), &lack));
	ARRANGE(stage_register(s, SYNC, UFFD_FEATURE_MOVE, &lack));
	ASSERT_OK(make_destination(&self->to, s, UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP));
	ASSERT_OK(hold(s, HELD, self->pipe));
	LOOK(s, &s->before);
}

FIXTURE_TEARDOWN(move_pinned)
{
	close(self->pipe[0]);
	close(self->pipe[1]);
	stage_clear(&self->to);
	stage_clear(&self->s);
}

static int move_part(void *fixture)
{
	struct _test_data_move_pinned *self = fixture;
	int64_t moved;

	return move_once(&self->to, &self->s, FIRST, END, 0, &moved);
}

TEST_F(move_pinned, part_of_a_held_huge_page_is_answered_in_time)
{
	COVERS(FI_MOVE);
	struct stage *s = &self->s;
	int err = in_our_memory(move_part, self);

	EXPECT_THAT(err != -ETIME, HANG, "UFFDIO_MOVE to come to an end; it burnt seconds of processor time and was killed");
	EXPECT_THAT(err == -ETIME || err == -EBUSY || err == -EAGAIN, INTERFACE, "EBUSY or EAGAIN; it gave %s",
		    err ? strerror(-err) : "success");
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, PRESENT | ANON, WP);
	EXPECT_UNTOUCHED(s);
}
