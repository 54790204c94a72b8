// SPDX-License-Identifier: GPL-2.0
/*
 * The handshake: what is offered, what is refused, and whether what was answered then works.
 * Why: programs decide by these bits alone whether they can trust protection.
 */
#include <pthread.h>

#include "case.h"

#define UNKNOWN_FEATURE (1ULL << 63)
#define NEGOTIATORS 2
#define ROUNDS 16

/* A descriptor before its handshake. */
static int open_raw(struct uffd *u)
{
	u->fd = uffd_open_raw(&u->source);
	return u->fd < 0 ? u->fd : 0;
}

static int negotiate(const struct uffd *u, struct uffdio_api *api, uint64_t version, uint64_t features)
{
	*api = (struct uffdio_api){ .api = version, .features = features };
	return uffd_api(u->fd, api);
}

FIXTURE(handshake)
{
	struct uffd u;
	struct uffdio_api api;
	uint64_t offered;
};

FIXTURE_SETUP(handshake)
{
	ASSERT_OK(uffd_offered(&self->offered, NULL));
	ASSERT_OK(open_raw(&self->u));
}

FIXTURE_TEARDOWN(handshake)
{
	uffd_close(&self->u);
}

TEST_F(handshake, unknown_feature_is_refused_and_leaves_the_descriptor_unused)
{
	COVERS(IF_HANDSHAKE);

	uint64_t lowest = ~self->offered & -~self->offered;

	EXPECT_ERROR(negotiate(&self->u, &self->api, UFFD_API, UNKNOWN_FEATURE), -EINVAL);
	EXPECT_THAT(!self->api.api && !self->api.features && !self->api.ioctls, INTERFACE, "the answer cleared");
	EXPECT_ERROR(negotiate(&self->u, &self->api, UFFD_API, lowest), -EINVAL);
	EXPECT_OK(negotiate(&self->u, &self->api, UFFD_API, 0));
}

TEST_F(handshake, wrong_api_value_is_refused_and_leaves_the_descriptor_unused)
{
	COVERS(IF_HANDSHAKE);

	EXPECT_ERROR(negotiate(&self->u, &self->api, UFFD_API + 1, 0), -EINVAL);
	EXPECT_OK(negotiate(&self->u, &self->api, UFFD_API, 0));
}

TEST_F(handshake, answer_lists_what_is_offered_whatever_was_asked)
{
	COVERS(IF_HANDSHAKE);
	const uint64_t calls = 1ULL << _UFFDIO_API | 1ULL << _UFFDIO_REGISTER | 1ULL << _UFFDIO_UNREGISTER;

	ASSERT_OK(negotiate(&self->u, &self->api, UFFD_API, UFFD_FEATURE_PAGEFAULT_FLAG_WP & self->offered));
	EXPECT_THAT(self->api.features == self->offered, INTERFACE, "features 0x%llx; they are 0x%llx",
		    (unsigned long long)self->offered, (unsigned long long)self->api.features);
	EXPECT_THAT((self->api.ioctls & calls) == calls, INTERFACE, "API, REGISTER and UNREGISTER; it is 0x%llx",
		    (unsigned long long)self->api.ioctls);
}

TEST_F(handshake, second_handshake_is_refused)
{
	COVERS(IF_HANDSHAKE);

	ASSERT_OK(negotiate(&self->u, &self->api, UFFD_API, UFFD_FEATURE_PAGEFAULT_FLAG_WP & self->offered));
	EXPECT_ERROR(negotiate(&self->u, &self->api, UFFD_API, 0), -EINVAL);
}

TEST_F(handshake, each_offered_feature_can_be_enabled)
{
	COVERS(IF_HANDSHAKE);
	uint64_t bit;

	for (bit = 1; bit; bit <<= 1) {
		/* RWP_ASYNC is documented to need RWP, and EVENT_FORK a privilege. */
		uint64_t needs = bit == UFFD_FEATURE_RWP_ASYNC ? UFFD_FEATURE_RWP : 0;
		struct uffd u;
		int err;

		if (!(self->offered & bit))
			continue;
		err = uffd_open(&u, bit | needs, NULL);
		uffd_close(&u);
		EXPECT_THAT(!err || (err == -EPERM && bit == UFFD_FEATURE_EVENT_FORK), INTERFACE,
			    "UFFD_FEATURE_%s, which is offered, to be enabled; it gave %s",
			    uffd_feature_name(bit), strerror(-err));
	}
}

struct negotiator {
	const struct uffd *u;
	pthread_barrier_t *start;
	struct uffdio_api api;
	int result;
};

static void *negotiator(void *arg)
{
	struct negotiator *n = arg;

	pthread_barrier_wait(n->start);
	n->result = negotiate(n->u, &n->api, UFFD_API, 0);
	return NULL;
}

/* How many of the threads that negotiate one descriptor at a time succeed, or a negative errno. */
static int negotiate_together(const struct uffd *u)
{
	struct negotiator n[NEGOTIATORS];
	pthread_t thread[NEGOTIATORS - 1];
	pthread_barrier_t start;
	int i, won = 0, err = 0;

	pthread_barrier_init(&start, NULL, NEGOTIATORS);
	for (i = 0; i < NEGOTIATORS; i++)
		n[i] = (struct negotiator){ .u = u, .start = &start };
	for (i = 1; i < NEGOTIATORS && !err; i++)
		err = -pthread_create(&thread[i - 1], NULL, negotiator, &n[i]);
	if (err)
		return err;
	negotiator(&n[0]);
	for (i = 1; i < NEGOTIATORS; i++)
		pthread_join(thread[i - 1], NULL);
	for (i = 0; i < NEGOTIATORS; i++)
		won += !n[i].result;
	pthread_barrier_destroy(&start);
	return won;
}

TEST_F(handshake, one_of_two_negotiating_threads_wins)
{
	COVERS(IF_HANDSHAKE);
	int round, won;

	for (round = 0; round < ROUNDS; round++) {
		won = negotiate_together(&self->u);
		ASSERT_OK(won);
		EXPECT_THAT(won == 1, INTERFACE, "one of two handshakes on one descriptor to succeed; %d did", won);
		uffd_close(&self->u);
		ASSERT_OK(open_raw(&self->u));
	}
}
