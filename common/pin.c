// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <liburing.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "pin.h"
#include "pin_abi.h"
#include "undo.h"

#define UBLK_CONTROL "/dev/ublk-control"
#define GUP_TEST "/sys/kernel/debug/gup_test"
#define COMMAND_SECONDS 10

/* Numbers that nobody else's devices get by themselves: those count from 0; the limit is 1 << 20. */
#define FIRST_DEVICE (1U << 19)

const char *pin_how_name(enum pin_how how)
{
	static const char *const names[] = {
		[PIN_MISSING] = "missing",
		[PIN_UBLK] = "ublk",
		[PIN_GUP_TEST] = "gup_test",
	};

	return names[how];
}

static int submit(struct io_uring *ring, int fd, unsigned int op,
		  const struct ublk_control *control)
{
	struct __kernel_timespec deadline = { .tv_sec = COMMAND_SECONDS };
	struct io_uring_sqe *sqe = io_uring_get_sqe(ring);
	struct io_uring_cqe *cqe;
	int err;

	io_uring_prep_rw(IORING_OP_URING_CMD, sqe, fd, NULL, 0, 0);
	sqe->cmd_op = op;
	memcpy(sqe->cmd, control, sizeof(*control));
	err = io_uring_submit(ring);
	if (err < 0)
		return err;
	err = io_uring_wait_cqe_timeout(ring, &cqe, &deadline);
	if (err)
		return err == -ETIME ? -ETIMEDOUT : err;
	return cqe->res;
}

/* One command to ublk's driver: its result, >= 0, or a negative errno. */
static int ublk_command(int fd, unsigned int op, struct ublk_control control)
{
	struct io_uring_params params = { .flags = IORING_SETUP_SQE128 };
	struct io_uring ring;
	int err = io_uring_queue_init_params(2, &ring, &params);

	if (err)
		return err;
	control.queue = 0xffff;
	err = submit(&ring, fd, op, &control);
	io_uring_queue_exit(&ring);
	return err;
}

static int ublk_open(void)
{
	int fd = open(UBLK_CONTROL, O_RDWR | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

/* 0 where ublk's driver is there and can pin. */
static int ublk_can_pin(void)
{
	uint64_t features = 0;
	struct ublk_control ask = { .len = sizeof(features), .addr = (uintptr_t)&features };
	int fd = ublk_open();
	int err;

	if (fd < 0)
		return fd;
	err = ublk_command(fd, UBLK_FEATURES, ask);
	close(fd);
	if (err < 0)
		return err;
	return features & UBLK_BY_SHARED_MEMORY ? 0 : -EOPNOTSUPP;
}

/* The knob to turn, by what asking ublk met. */
static const char *explain(int ublk)
{
	switch (ublk) {
	case -EACCES:
	case -EPERM:
		return "run as root, with sysctl kernel.io_uring_disabled=0";
	case -ENOENT:
	case -ENODEV:
	case -ENXIO:
		return "modprobe ublk_drv (Linux 7.1), or a kernel with CONFIG_GUP_TEST and debugfs mounted";
	case -EOPNOTSUPP:
	case -EINVAL:
		return "this ublk_drv has no SHMEM_ZC (Linux 7.1); a newer kernel, or CONFIG_GUP_TEST and debugfs mounted";
	}
	return strerror(-ublk);
}

enum pin_how pin_available(char *why, size_t len)
{
	int ublk;

	/* The plainer way first: it has no device to be deleted afterwards. */
	if (!access(GUP_TEST, R_OK | W_OK))
		return PIN_GUP_TEST;
	ublk = ublk_can_pin();
	if (!ublk)
		return PIN_UBLK;
	if (why)
		snprintf(why, len, "no read-only long-term pin: %s", explain(ublk));
	return PIN_MISSING;
}

static int gup_test_pin(void *addr, size_t len, struct pin *p)
{
	struct gup_test_pin pin = { .addr = (uintptr_t)addr, .size = len };

	p->fd = open(GUP_TEST, O_RDWR | O_CLOEXEC);
	if (p->fd < 0)
		return -errno;
	return ioctl(p->fd, GUP_TEST_PIN, &pin) ? -errno : 0;
}

/* A device that is never started: it can hold buffers all the same. */
static int ublk_add(int fd, uint32_t device)
{
	struct ublk_device_info info = {
		.queues = 1,
		.queue_depth = 1,
		.max_io_bytes = 1 << 16,
		.device = device,
		.flags = UBLK_BY_USER_COPY | UBLK_BY_SHARED_MEMORY,
	};
	struct ublk_control add = {
		.device = device,
		.len = sizeof(info),
		.addr = (uintptr_t)&info,
	};
	int err = ublk_command(fd, UBLK_ADD, add);

	if (err < 0)
		return err;
	return info.flags & UBLK_BY_SHARED_MEMORY ? 0 : -EOPNOTSUPP;
}

static int ublk_pin(void *addr, size_t len, struct pin *p)
{
	struct ublk_buffer buffer = {
		.addr = (uintptr_t)addr,
		.len = len,
		.flags = UBLK_BUFFER_READ_ONLY,
	};
	struct ublk_control pin = { .len = sizeof(buffer), .addr = (uintptr_t)&buffer };
	char number[16];
	int err;

	p->fd = ublk_open();
	if (p->fd < 0)
		return p->fd;
	pin.device = FIRST_DEVICE + getpid() % FIRST_DEVICE;
	snprintf(number, sizeof(number), "%u", pin.device);
	/* Before the device is made: a deletion too many only meets ENODEV. */
	err = undo_note(UNDO_UBLK, number, number);
	if (err)
		return err;
	p->device = pin.device;
	err = ublk_add(p->fd, p->device);
	if (!err)
		err = ublk_command(p->fd, UBLK_PIN_BUFFER, pin);
	return err < 0 ? err : 0;
}

int pin_ro_longterm(void *addr, size_t len, struct pin *p)
{
	int err = -ENOTSUP;

	memset(p, 0, sizeof(*p));
	p->fd = -1;
	p->how = pin_available(NULL, 0);
	if (p->how == PIN_GUP_TEST)
		err = gup_test_pin(addr, len, p);
	else if (p->how == PIN_UBLK)
		err = ublk_pin(addr, len, p);
	if (err)
		pin_release(p);
	return err;
}

int pin_release(struct pin *p)
{
	char number[16];
	int err = 0;

	if (p->device) {
		snprintf(number, sizeof(number), "%u", p->device);
		err = undo_now(number);
	}
	/* gup_test unpins when its file is closed. */
	if (p->fd >= 0)
		close(p->fd);
	p->fd = -1;
	p->device = 0;
	p->how = PIN_MISSING;
	return err;
}

int pin_delete_device(uint32_t device)
{
	struct ublk_control delete = { .device = device };
	int fd = ublk_open();
	int err;

	if (fd < 0)
		return fd;
	err = ublk_command(fd, UBLK_DELETE, delete);
	close(fd);
	return err < 0 && err != -ENODEV ? err : 0;
}
