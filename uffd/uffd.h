/* SPDX-License-Identifier: GPL-2.0 */
/*
 * uffd - open and negotiate a userfaultfd, and one typed call an ioctl.
 *
 * Addresses and lengths are in bytes. Every call returns 0 or a negative errno;
 * what the kernel wrote back is stored through the last pointer also when the
 * call fails (a short copy reports -EAGAIN and the bytes done), NULL to ignore.
 * Sources: userfaultfd(2), ioctl_userfaultfd(2), userfaultfd.rst.
 */
#ifndef UFFD_UFFD_H
#define UFFD_UFFD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi.h"

/* How the descriptor was had. */
enum uffd_source {
	UFFD_BY_SYSCALL,
	UFFD_BY_DEVICE,
};

struct uffd {
	int fd;			/* -1 when closed; O_NONBLOCK and O_CLOEXEC */
	enum uffd_source source;
	uint64_t features;	/* as enabled by the second step */
	uint64_t ioctls;	/* as answered by the second step */
};

/*
 * A descriptor before its handshake: the system call, then /dev/userfaultfd.
 * Returns the descriptor or a negative errno: that of the system call when it
 * isn't -EPERM or -ENOSYS, else that of the device.
 */
int uffd_open_raw(enum uffd_source *source);

/* One UFFDIO_API on a raw descriptor; @api carries both directions. */
int uffd_api(int fd, struct uffdio_api *api);

/* What this kernel offers, asked on a descriptor that is thrown away. */
int uffd_offered(uint64_t *features, uint64_t *ioctls);

/*
 * Two-step handshake: ask what is offered, then enable exactly @features.
 * -EOPNOTSUPP when one isn't offered (*missing says which bits; may be NULL);
 * nothing stays open on an error.
 */
int uffd_open(struct uffd *u, uint64_t features, uint64_t *missing);

/* The same for faults of user mode only, by the system call: what needs no privilege. Not kept apart in @u. */
int uffd_open_user_mode(struct uffd *u, uint64_t features);
void uffd_close(struct uffd *u);

/* The feature's name as userfaultfd.h spells it without the prefix, for one bit. */
const char *uffd_feature_name(uint64_t bit);

int uffd_register(const struct uffd *u, void *addr, size_t len, uint64_t mode,
		  uint64_t *ioctls);
int uffd_unregister(const struct uffd *u, void *addr, size_t len);
int uffd_wake(const struct uffd *u, void *addr, size_t len);

/* @mode: UFFDIO_WRITEPROTECT_MODE_*, 0 to un-protect and wake. */
int uffd_writeprotect(const struct uffd *u, void *addr, size_t len, uint64_t mode);
int uffd_rwprotect(const struct uffd *u, void *addr, size_t len, uint64_t mode);

int uffd_copy(const struct uffd *u, void *dst, const void *src, size_t len,
	      uint64_t mode, int64_t *copied);
int uffd_zeropage(const struct uffd *u, void *addr, size_t len, uint64_t mode,
		  int64_t *zeroed);
int uffd_continue(const struct uffd *u, void *addr, size_t len, uint64_t mode,
		  int64_t *mapped);
int uffd_move(const struct uffd *u, void *dst, void *src, size_t len,
	      uint64_t mode, int64_t *moved);
int uffd_poison(const struct uffd *u, void *addr, size_t len, uint64_t mode,
		int64_t *updated);
int uffd_set_mode(const struct uffd *u, uint64_t enable, uint64_t disable);

#endif /* UFFD_UFFD_H */
