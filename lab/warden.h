/* SPDX-License-Identifier: GPL-2.0 */
/*
 * warden - ends the cases when the runner is killed.
 *
 * Each case has a session of its own, so what ends the runner's process group leaves it alone; and what it waits for may
 * never come. The warden is a process outside of everybody's group that watches the runner: when that has ended it kills
 * whoever belongs to a session that was still under guard. It leaves the guardians, who put settings back, alone.
 */
#ifndef LAB_WARDEN_H
#define LAB_WARDEN_H

#include <sys/types.h>

/* Before the calling process adopts orphans, or the warden is one of them. 0 or a negative errno: then nothing is guarded. */
int warden_start(void);

/* The session of @leader is under guard from now on, and no longer. Nothing without a warden. */
void warden_guard(pid_t leader);
void warden_dismiss(pid_t leader);

#endif
