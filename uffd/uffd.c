// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "compiler.h"
#include "uffd.h"

static int open_device(void)
{
	int dev = open("/dev/userfaultfd", O_RDWR | O_CLOEXEC);
	int fd, err;

	if (dev < 0)
		return -errno;
	fd = ioctl(dev, USERFAULTFD_IOC_NEW, O_CLOEXEC | O_NONBLOCK);
	err = errno;
	close(dev);
	return fd < 0 ? -err : fd;
}

int uffd_open_raw(enum uffd_source *source)
{
	int fd = syscall(__NR_userfaultfd, O_CLOEXEC | O_NONBLOCK);

	*source = UFFD_BY_SYSCALL;
	if (fd >= 0)
		return fd;
	if (errno != EPERM && errno != ENOSYS)
		return -errno;
	*source = UFFD_BY_DEVICE;
	return open_device();
}

int uffd_api(int fd, struct uffdio_api *api)
{
	return ioctl(fd, UFFDIO_API, api) ? -errno : 0;
}

int uffd_offered(uint64_t *features, uint64_t *ioctls)
{
	static struct uffdio_api api;
	enum uffd_source source;
	int fd, err;

	/* It won't change, and every stage asks. */
	if (!api.api) {
		struct uffdio_api ask = { .api = UFFD_API };

		fd = uffd_open_raw(&source);
		if (fd < 0)
			return fd;
		err = uffd_api(fd, &ask);
		close(fd);
		if (err)
			return err;
		api = ask;
	}
	*features = api.features;
	if (ioctls)
		*ioctls = api.ioctls;
	return 0;
}

int uffd_open(struct uffd *u, uint64_t features, uint64_t *missing)
{
	struct uffdio_api api = { .api = UFFD_API, .features = features };
	uint64_t offered;
	int err = uffd_offered(&offered, NULL);

	u->fd = -1;
	if (err)
		return err;
	if (missing)
		*missing = features & ~offered;
	if (features & ~offered)
		return -EOPNOTSUPP;
	u->fd = uffd_open_raw(&u->source);
	if (u->fd < 0)
		return u->fd;
	err = uffd_api(u->fd, &api);
	if (err) {
		uffd_close(u);
		return err;
	}
	/* The answer lists what is offered; what is enabled is what was asked for. */
	u->features = features;
	u->ioctls = api.ioctls;
	return 0;
}

int uffd_open_user_mode(struct uffd *u, uint64_t features)
{
	struct uffdio_api api = { .api = UFFD_API, .features = features };
	int err;

	u->source = UFFD_BY_SYSCALL;
	u->fd = syscall(__NR_userfaultfd, O_CLOEXEC | O_NONBLOCK | UFFD_USER_MODE_ONLY);
	if (u->fd < 0)
		return -errno;
	err = uffd_api(u->fd, &api);
	if (err)
		uffd_close(u);
	u->features = features;
	u->ioctls = api.ioctls;
	return err;
}

void uffd_close(struct uffd *u)
{
	if (u->fd >= 0)
		close(u->fd);
	u->fd = -1;
}

const char *uffd_feature_name(uint64_t bit)
{
	static const char *const names[] = {
		"PAGEFAULT_FLAG_WP", "EVENT_FORK", "EVENT_REMAP", "EVENT_REMOVE",
		"MISSING_HUGETLBFS", "MISSING_SHMEM", "EVENT_UNMAP", "SIGBUS",
		"THREAD_ID", "MINOR_HUGETLBFS", "MINOR_SHMEM", "EXACT_ADDRESS",
		"WP_HUGETLBFS_SHMEM", "WP_UNPOPULATED", "POISON", "WP_ASYNC",
		"MOVE", "RWP", "RWP_ASYNC",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (bit == 1ULL << i)
			return names[i];
	return "unknown";
}

int uffd_register(const struct uffd *u, void *addr, size_t len, uint64_t mode,
		  uint64_t *ioctls)
{
	struct uffdio_register reg = {
		.range = { .start = (uintptr_t)addr, .len = len },
		.mode = mode,
	};
	int err = ioctl(u->fd, UFFDIO_REGISTER, &reg) ? -errno : 0;

	if (ioctls)
		*ioctls = reg.ioctls;
	return err;
}

static int range_ioctl(const struct uffd *u, unsigned long cmd, void *addr, size_t len)
{
	struct uffdio_range range = { .start = (uintptr_t)addr, .len = len };

	return ioctl(u->fd, cmd, &range) ? -errno : 0;
}

int uffd_unregister(const struct uffd *u, void *addr, size_t len)
{
	return range_ioctl(u, UFFDIO_UNREGISTER, addr, len);
}

int uffd_wake(const struct uffd *u, void *addr, size_t len)
{
	return range_ioctl(u, UFFDIO_WAKE, addr, len);
}

int uffd_writeprotect(const struct uffd *u, void *addr, size_t len, uint64_t mode)
{
	struct uffdio_writeprotect wp = {
		.range = { .start = (uintptr_t)addr, .len = len },
		.mode = mode,
	};

	return ioctl(u->fd, UFFDIO_WRITEPROTECT, &wp) ? -errno : 0;
}

int uffd_rwprotect(const struct uffd *u, void *addr, size_t len, uint64_t mode)
{
	struct uffdio_rwprotect rwp = {
		.range = { .start = (uintptr_t)addr, .len = len },
		.mode = mode,
	};

	return ioctl(u->fd, UFFDIO_RWPROTECT, &rwp) ? -errno : 0;
}

int uffd_copy(const struct uffd *u, void *dst, const void *src, size_t len,
	      uint64_t mode, int64_t *copied)
{
	struct uffdio_copy copy = {
		.dst = (uintptr_t)dst,
		.src = (uintptr_t)src,
		.len = len,
		.mode = mode,
	};
	int err = ioctl(u->fd, UFFDIO_COPY, &copy) ? -errno : 0;

	if (copied)
		*copied = copy.copy;
	return err;
}

int uffd_zeropage(const struct uffd *u, void *addr, size_t len, uint64_t mode,
		  int64_t *zeroed)
{
	struct uffdio_zeropage zero = {
		.range = { .start = (uintptr_t)addr, .len = len },
		.mode = mode,
	};
	int err = ioctl(u->fd, UFFDIO_ZEROPAGE, &zero) ? -errno : 0;

	if (zeroed)
		*zeroed = zero.zeropage;
	return err;
}

int uffd_continue(const struct uffd *u, void *addr, size_t len, uint64_t mode,
		  int64_t *mapped)
{
	struct uffdio_continue cont = {
		.range = { .start = (uintptr_t)addr, .len = len },
		.mode = mode,
	};
	int err = ioctl(u->fd, UFFDIO_CONTINUE, &cont) ? -errno : 0;

	if (mapped)
		*mapped = cont.mapped;
	return err;
}

int uffd_move(const struct uffd *u, void *dst, void *src, size_t len,
	      uint64_t mode, int64_t *moved)
{
	struct uffdio_move move = {
		.dst = (uintptr_t)dst,
		.src = (uintptr_t)src,
		.len = len,
		.mode = mode,
	};
	int err = ioctl(u->fd, UFFDIO_MOVE, &move) ? -errno : 0;

	if (moved)
		*moved = move.move;
	return err;
}

int uffd_poison(const struct uffd *u, void *addr, size_t len, uint64_t mode,
		int64_t *updated)
{
	struct uffdio_poison poison = {
		.range = { .start = (uintptr_t)addr, .len = len },
		.mode = mode,
	};
	int err = ioctl(u->fd, UFFDIO_POISON, &poison) ? -errno : 0;

	if (updated)
		*updated = poison.updated;
	return err;
}

int uffd_set_mode(const struct uffd *u, uint64_t enable, uint64_t disable)
{
	struct uffdio_set_mode mode = { .enable = enable, .disable = disable };

	return ioctl(u->fd, UFFDIO_SET_MODE, &mode) ? -errno : 0;
}
