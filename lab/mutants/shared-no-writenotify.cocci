// SPDX-License-Identifier: GPL-2.0
// mutant: shared-no-writenotify
// file: mm/vma.c
// mistake: A shared mapping stays writable by default when it is registered: whatever remaps a page un-protects it.
// caught-by: WP-NEVER-WRITABLE LC-MPROTECT
// kind: past 51d3d5eb74ff

@@ @@
 vma_wants_writenotify(...)
 {
 <...
- userfaultfd_wp(vma)
+ (userfaultfd_wp(vma) && !MUTANT(shared_no_writenotify))
 ...>
 }
