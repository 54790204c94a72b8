// SPDX-License-Identifier: GPL-2.0
/*
 * Errors that pass: calls while the mappings are about to change, and without memory.
 * Why: who is told to try again must find everything as it was, and must succeed when it does.
 */
#include <poll.h>
#include <pthread.h>

#include "../common/reshape.h"
#include "../common/scarce.h"
#include "case.h"

#define PAGE 5
#define DROPPED 2
#define EVERYWHERE (UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP)

/* A thread that drops a page: it goes on when its event is read, and until then the mappings are about to change. */
FIXTURE(changing)
{
	struct stage s;
	struct stage more;	/* with holes to fill, and pages to move there */
	pthread_t thread;
	bool gone;
};

static void *drop_a_page(void *arg)
{
	struct stage *s = arg;

	region_advise(&s->region, 0, DROPPED, MADV_DONTNEED);
	return NULL;
}

FIXTURE_SETUP(changing)
{
	struct stage *s = &self->s, *more = &self->more;
	struct pollfd ready = { .events = POLLIN };
	uint64_t offered = 0;

	more->uffd.fd = -1;
	ASSERT_OK(uffd_offered(&offered, NULL));
	ARRANGE(stage_region(s, BASE_PAGES, 16, &lack));
	ARRANGE(stage_region(more, UNPOPULATED, pmd_pages(), &lack));
	ARRANGE(stage_register(s, SYNC, UFFD_FEATURE_EVENT_REMOVE | (offered & UFFD_FEATURE_MOVE), &lack));
	ASSERT_OK(uffd_register(&s->uffd, more->region.start, pmd_size(), EVERYWHERE, NULL));
	LOOK(s, &s->before);
	ASSERT_OK(-pthread_create(&self->thread, NULL, drop_a_page, s));
	ready.fd = s->uffd.fd;
	/* poll is the kernel's own promise; whether it says so is asked later, in the name of the right one. */
	if (poll(&ready, 1, CASE_DEADLINE_MS) != 1)
		CHARGE_TO(EV_POLL, HANG, "poll to report the event of the pages dropped");
}

FIXTURE_TEARDOWN(changing)
{
	stage_close(&self->s);
	if (!self->gone)
		pthread_join(self->thread, NULL);
	stage_clear(&self->s);
	stage_clear(&self->more);
}

static bool to_be_tried_again(const struct place *at, const char *what, int err, int64_t answer)
{
	if (err == -EAGAIN && answer == -EAGAIN)
		return true;
	return check_charge(at, REQUIREMENT_NONE, INTERFACE,
			   "%s to give EAGAIN, and -EAGAIN in the answer; it gave %s, and %lld", what,
			   err ? strerror(-err) : "success", (long long)answer);
}

TEST_F(changing, calls_are_to_be_tried_again_until_the_event_is_read)
{
	COVERS(IF_ERRORS, LC_MREMAP);
	struct stage *s = &self->s, *more = &self->more;
	char *at = stage_page(more, PAGE), *from = stage_page(s, PAGE);
	struct uffd_msg msg;
	int64_t answer = 1;
	int err;

	EXPECT_ERROR(stage_protect(s, DROPPED, s->region.pages), -EAGAIN);
	err = uffd_copy(&s->uffd, at, from, page_size(), 0, &answer);
	to_be_tried_again(HERE, "UFFDIO_COPY", err, answer);
	answer = 1;
	err = uffd_zeropage(&s->uffd, at, page_size(), 0, &answer);
	to_be_tried_again(HERE, "UFFDIO_ZEROPAGE", err, answer);
	answer = 1;
	err = uffd_move(&s->uffd, at, from, page_size(), 0, &answer);
	if (s->uffd.features & UFFD_FEATURE_MOVE)
		to_be_tried_again(HERE, "UFFDIO_MOVE", err, answer);
	LOOK(s, &s->after);
	EXPECT_SAME(s, &s->before, &s->after);

	OR_LEAVE(check_take(HERE, s, "of the page dropped", &msg));
	EXPECT_THAT(msg.event == UFFD_EVENT_REMOVE, INTERFACE, "a REMOVE event; it is 0x%02x", msg.event);
	self->gone = !pthread_join(self->thread, NULL);
	EXPECT_OK(stage_protect(s, DROPPED, s->region.pages));
}

TEST_F(changing, event_is_polled_and_names_what_is_dropped)
{
	COVERS(LC_ZAP, EV_POLL);
	struct stage *s = &self->s;
	struct pollfd ready = { .fd = s->uffd.fd, .events = POLLIN };
	struct uffd_msg msg;

	OR_LEAVE(EXPECT_THAT(poll(&ready, 1, 0) == 1 && ready.revents == POLLIN, HANG, "poll to report the pending event"));
	OR_LEAVE(check_take(HERE, s, "of the page dropped", &msg));
	EXPECT_THAT(msg.event == UFFD_EVENT_REMOVE && msg.arg.remove.start == (uintptr_t)stage_page(s, 0) &&
		    msg.arg.remove.end == (uintptr_t)stage_page(s, DROPPED), INTERFACE,
		    "a REMOVE event of pages [0..%d); it is 0x%02x of [%#llx..%#llx)", DROPPED, msg.event,
		    (unsigned long long)msg.arg.remove.start, (unsigned long long)msg.arg.remove.end);
	EXPECT_THAT(!poll(&ready, 1, 0), EXTRA, "poll to report nothing once it is read");
}

/* Protecting what isn't there takes page tables, and there is no memory for them. */
FIXTURE(starved)
{
	struct stage s;
};

FIXTURE_SETUP(starved)
{
	ARRANGE(scarce_available(SCARCE_PAGES, lack.why, sizeof(lack.why)));
	CASE_REGISTERED(&self->s, SYNC, UNPOPULATED, 1);
}

FIXTURE_TEARDOWN(starved)
{
	stage_clear(&self->s);
}

static int protect_without_memory(struct stage *s, struct lack *lack)
{
	int err = scarce_begin(SCARCE_PAGES, lack->why, sizeof(lack->why)), done;

	if (err)
		return err;
	done = stage_protect(s, 0, s->region.pages);
	err = scarce_end(SCARCE_PAGES);
	return err ? err : done;
}

TEST_F(starved, protecting_fails_and_works_once_there_is_memory)
{
	COVERS(IF_ERRORS, WP_UNPOPULATED);
	struct lack lack = { 0 };
	struct stage *s = &self->s;

	EXPECT_ERROR(protect_without_memory(s, &lack), -ENOMEM);
	ASSERT_OK(stage_protect(s, 0, s->region.pages));
	LOOK(s, &s->after);
	EXPECT_PAGES(s, &s->after, 0, s->region.pages, WP, WRITTEN);
}
