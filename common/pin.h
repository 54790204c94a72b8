/* SPDX-License-Identifier: GPL-2.0 */
/*
 * pin - a read-only long-term pin of user memory (FOLL_LONGTERM without FOLL_WRITE), as RDMA or VFIO take it.
 *
 * User space has two ways to it on a kernel without such hardware: ublk's shared-memory buffers registered
 * read-only (the ublk_drv module, Linux 7.1 on), and debugfs's gup_test (CONFIG_GUP_TEST). Both need root.
 * What a pin does to the mapping is the point of it: it triggers unshare faults.
 */
#ifndef COMMON_PIN_H
#define COMMON_PIN_H

#include <stddef.h>
#include <stdint.h>

enum pin_how {
	PIN_MISSING,
	PIN_UBLK,
	PIN_GUP_TEST,
};

struct pin {
	enum pin_how how;
	int fd;			/* gup_test's, or /dev/ublk-control */
	uint32_t device;	/* ublk's device */
};

/* "ublk", "gup_test", "missing": the values of the fact pin.ro_longterm. */
const char *pin_how_name(enum pin_how how);

/* The way there is on this machine; PIN_MISSING and in @why (may be NULL) the knob to turn. */
enum pin_how pin_available(char *why, size_t len);

/*
 * Pins [addr, addr + len), whole base pages. 0 or the kernel's negative errno; -ENOTSUP when pin_available()
 * says missing. Held until pin_release() or until the process ends, however it ends (settings.h).
 */
int pin_ro_longterm(void *addr, size_t len, struct pin *p);
int pin_release(struct pin *p);

/* Deletes a ublk device and gives back what it has pinned. */
int pin_delete_device(uint32_t device);

#endif /* COMMON_PIN_H */
