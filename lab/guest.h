/* SPDX-License-Identifier: GPL-2.0 */
/*
 * guest - what init does to a guest before the first case: file systems, modules, settings.
 *
 * Nothing here fails the boot: what a kernel doesn't have is said on the console and found missing by the cases.
 */
#ifndef LAB_GUEST_H
#define LAB_GUEST_H

void guest_mount(void);

/* Loads the modules that the list file names, one path a line, in its order. */
void guest_load_modules(const char *list);

/*
 * Once, for all cases: huge pages where asked for (madvise), and no kernel thread that changes mappings by itself.
 * What the kernel's command line sets is left as it says.
 */
void guest_settings(void);

/* Last of all: the processors that the command line (maxcpus=1) kept out of the boot. */
void guest_online_cpus(void);

#endif
