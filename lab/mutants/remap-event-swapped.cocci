// SPDX-License-Identifier: GPL-2.0
// mutant: remap-event-swapped
// file: mm/userfaultfd.c
// mistake: The message of a moved mapping names the old place as the new one.
// caught-by: LC-MREMAP
// kind: slip

@@ @@
 mremap_userfaultfd_complete(...)
 {
 <...
- ewq.msg.arg.remap.to = to;
+ ewq.msg.arg.remap.to = MUTANT(remap_event_swapped) ? from : to;
 ...>
 }
