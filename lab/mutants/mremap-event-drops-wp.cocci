// SPDX-License-Identifier: GPL-2.0
// mutant: mremap-event-drops-wp
// file: mm/mremap.c
// mistake: mremap with the remap event takes protection and markers off moved base pages.
// caught-by: LC-MREMAP
// kind: slip

@@ @@
 move_ptes(...)
 {
 ...
- bool need_clear_uffd_wp = vma_has_uffd_without_event_remap(vma);
+ bool need_clear_uffd_wp = vma_has_uffd_without_event_remap(vma) || (userfaultfd_wp(vma) && MUTANT(mremap_event_drops_wp));
 ...
 }
