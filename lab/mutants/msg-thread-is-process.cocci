// SPDX-License-Identifier: GPL-2.0
// mutant: msg-thread-is-process
// file: mm/userfaultfd.c
// mistake: The thread id is the process's.
// caught-by: EV-THREAD
// kind: slip

@@ @@
 userfault_msg(...)
 {
 <...
- task_pid_vnr(current)
+ (MUTANT(msg_thread_is_process) ? task_tgid_vnr(current) : task_pid_vnr(current))
 ...>
 }
