// SPDX-License-Identifier: GPL-2.0
// mutant: zap-anon-keeps-marker
// file: mm/memory.c
// mistake: MADV_DONTNEED leaves the markers of protected unpopulated anonymous pages.
// caught-by: LC-ZAP PM-WRITTEN
// kind: slip

@@ @@
 zap_nonpresent_ptes(...)
 {
 <...
- !vma_is_anonymous(vma)
+ (!vma_is_anonymous(vma) || MUTANT(zap_anon_keeps_marker))
 ...>
 }
