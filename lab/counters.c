// SPDX-License-Identifier: GPL-2.0
/*
 * counters [reset]: copies what a kernel built with CONFIG_GCOV_KERNEL has counted (/sys/kernel/debug/gcov/.../NAME.gcda)
 * into the folder that lab/boot --share lends to the guest, or sets it to zero. The names are told apart by their last parts
 * alone.
 *
 * Exit: 0 all was copied or reset, 1 not so.
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#define COUNTERS "/sys/kernel/debug/gcov"
#define SHARE "/tmp/share"

static int nr_copied;

static int complain(const char *what)
{
	printf("# %s: %s\n", what, strerror(errno));
	return 1;
}

/* Returns 0 or -1 with errno. Counters go by seq_file: their size isn't known before they end. */
static int copy_all(int from, int to)
{
	char part[65536];
	ssize_t n;

	while ((n = read(from, part, sizeof(part))) > 0)
		if (write(to, part, n) != n)
			return -1;
	return n;
}

static int copy(const char *from, const char *name)
{
	char to[256];
	int in, out, err;

	snprintf(to, sizeof(to), SHARE "/%s", name);
	in = open(from, O_RDONLY | O_CLOEXEC);
	if (in < 0)
		return complain(from);
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	err = out < 0 || copy_all(in, out) || close(out);
	close(in);
	return err ? complain(to) : 0;
}

static int visit(const char *path, const struct stat *st, int type, struct FTW *where)
{
	const char *name = path + where->base;

	(void)st;
	if (type != FTW_F || !strstr(name, ".gcda"))
		return 0;
	nr_copied++;
	return copy(path, name);
}

static int reset(void)
{
	int fd = open(COUNTERS "/reset", O_WRONLY | O_CLOEXEC);
	int err = fd < 0 || write(fd, "0", 1) != 1;

	return err ? complain(COUNTERS "/reset") : close(fd);
}

int main(int argc, char *argv[])
{
	if (argc > 1 && !strcmp(argv[1], "reset"))
		return reset();
	mkdir(SHARE, 0755);
	if (mount("share", SHARE, "9p", 0, "trans=virtio,version=9p2000.L"))
		return complain("the host's folder");
	if (nftw(COUNTERS, visit, 16, FTW_PHYS))
		return 1;
	umount(SHARE);
	if (nr_copied)
		return 0;
	printf("# no counters in %s\n", COUNTERS);
	return 1;
}
