/* SPDX-License-Identifier: GPL-2.0 */
/*
 * klog - reports in the kernel's log that tell of a bug: WARN, BUG, oops, lockdep, page-table check, damaged lists and
 * counters of an address space. Warnings of any other kind don't count, nor does what a loaded machine brings (soft
 * lockups, hung tasks, stalls).
 *
 * A report counts as ours when it names a task of ours: klog_name() gives the calling process a name that nobody else has,
 * and its children and threads inherit it. In a guest of ours, where nobody else is, one that names a kernel thread or
 * nobody counts too.
 */
#ifndef COMMON_KLOG_H
#define COMMON_KLOG_H

#include <stdbool.h>
#include <stddef.h>

#define KLOG_LINES 10
#define KLOG_WIDTH 160

struct klog_report {
	char line[KLOG_LINES][KLOG_WIDTH];	/* its head, whom it names, where, the first lines of the stack */
	size_t lines;
};

/* May the log be read? */
bool klog_readable(void);

/* Names the calling process "wp.@name", cut to what the kernel keeps. */
void klog_name(const char *name);

/* The log from now on: a descriptor, or a negative errno. Every process that inherits it moves the same place. */
int klog_open(void);

/* Reports that are said once are said again: debugfs's clear_warn_once, where there is one. */
void klog_say_again(void);

/* Takes all that came since; the first report that is ours. False: none. */
bool klog_take(int fd, struct klog_report *report);

#endif /* COMMON_KLOG_H */
