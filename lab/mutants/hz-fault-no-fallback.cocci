// SPDX-License-Identifier: GPL-2.0
// mutant: hz-fault-no-fallback
// file: mm/huge_memory.c
// mistake: When no huge page can be had, a write to an unprotected huge-zero PMD kills the writer.
// caught-by: AS-FALLBACK HZ-SYNC-THP
// kind: slip

@@ @@
 do_huge_zero_wp_pmd(...)
 {
 <...
 if (unlikely(!folio))
- return VM_FAULT_FALLBACK;
+ return MUTANT(hz_fault_no_fallback) ? VM_FAULT_SIGBUS : VM_FAULT_FALLBACK;
 ...>
 }
