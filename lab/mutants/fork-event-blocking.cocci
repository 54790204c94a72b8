// SPDX-License-Identifier: GPL-2.0
// mutant: fork-event-blocking
// file: mm/userfaultfd.c
// mistake: The child's descriptor that comes with a fork event is blocking, whatever the parent's is.
// caught-by: LC-FORK EV-POLL
// kind: slip

@@ @@
 resolve_userfault_fork(...)
 {
 <...
- O_RDONLY | (new->flags & UFFD_SHARED_FCNTL_FLAGS)
+ O_RDONLY | (new->flags & (MUTANT(fork_event_blocking) ? O_CLOEXEC : UFFD_SHARED_FCNTL_FLAGS))
 ...>
 }
