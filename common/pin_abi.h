/* SPDX-License-Identifier: GPL-2.0 */
/*
 * pin_abi - the control commands of ublk's and the ioctls of gup_test's that pin.c needs.
 *
 * ublk's header is there since Linux 6.0, but not what pins memory (7.1); gup_test has no installed header.
 * Numbers and layouts as in include/uapi/linux/ublk_cmd.h and mm/gup_test.h, names our own.
 */
#ifndef COMMON_PIN_ABI_H
#define COMMON_PIN_ABI_H

#include <linux/types.h>
#include <sys/ioctl.h>

/* What a control command on /dev/ublk-control carries in the second half of its 128-byte entry. */
struct ublk_control {
	__u32 device;
	__u16 queue;		/* 0xffff: the device as a whole */
	__u16 len;		/* of what @addr points to */
	__u64 addr;
	__u64 data;
	__u16 path_len;		/* unprivileged devices only */
	__u16 pad;
	__u32 reserved;
};

/* What adding a device asks for. */
struct ublk_device_info {
	__u16 queues;
	__u16 queue_depth;
	__u16 state;
	__u16 pad;
	__u32 max_io_bytes;
	__u32 device;
	__s32 server_pid;
	__u32 pad2;
	__u64 flags;
	__u64 server_flags;
	__u32 owner_uid;
	__u32 owner_gid;
	__u64 reserved[2];
};

/* A buffer to be pinned. */
struct ublk_buffer {
	__u64 addr;
	__u64 len;
	__u32 flags;
	__u32 reserved;
};

#define UBLK_ADD _IOWR('u', 0x04, struct ublk_control)
#define UBLK_DELETE _IOWR('u', 0x05, struct ublk_control)
#define UBLK_FEATURES _IOR('u', 0x13, struct ublk_control)
#define UBLK_PIN_BUFFER _IOWR('u', 0x18, struct ublk_control)

#define UBLK_BUFFER_READ_ONLY (1U << 0)
#define UBLK_BY_USER_COPY (1ULL << 7)
#define UBLK_BY_SHARED_MEMORY (1ULL << 19)

struct gup_test_pin {
	__u64 addr;
	__u64 size;
	__u32 flags;		/* 1: for writing */
};

#define GUP_TEST_PIN _IOW('g', 7, struct gup_test_pin)
#define GUP_TEST_UNPIN _IO('g', 8)

#endif /* COMMON_PIN_ABI_H */
