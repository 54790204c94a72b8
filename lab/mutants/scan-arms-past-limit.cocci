// SPDX-License-Identifier: GPL-2.0
// mutant: scan-arms-past-limit
// file: fs/proc/task_mmu.c
// sites: 2
// mistake: A scan arms the page at which a limit stopped it without reporting it.
// caught-by: SC-LIMITS SC-WP-MATCHING WP-NO-LOST-WRITE
// kind: slip

@@ @@
 pagemap_scan_pmd_entry(...)
 {
 <...
- if (next == addr)
+ if (next == addr) {
+ 	if ((p->arg.flags & PM_SCAN_WP_MATCHING) && MUTANT(scan_arms_past_limit)) {
+ 		make_uffd_wp_pte(vma, addr, pte, ptent);
+ 		flush_tlb_range(vma, addr, addr + PAGE_SIZE);
+ 	}
 	break;
+ }
 ...>
 }
