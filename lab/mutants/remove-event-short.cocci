// SPDX-License-Identifier: GPL-2.0
// mutant: remove-event-short
// file: mm/userfaultfd.c
// mistake: The message of dropped pages ends one page early.
// caught-by: LC-ZAP
// kind: slip

@@ @@
 userfaultfd_remove(...)
 {
 <...
- ewq.msg.arg.remove.end = end;
+ ewq.msg.arg.remove.end = MUTANT(remove_event_short) ? end - PAGE_SIZE : end;
 ...>
 }
