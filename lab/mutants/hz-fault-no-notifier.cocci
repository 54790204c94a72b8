// SPDX-License-Identifier: GPL-2.0
// mutant: hz-fault-no-notifier
// file: mm/huge_memory.c
// sites: 2
// mistake: The first write to a huge-zero PMD tells no secondary MMU.
// caught-by: HZ-SECONDARY-MMU
// kind: slip
// boot: own

@@ @@
 do_huge_zero_wp_pmd(...)
 {
 <...
(
- mmu_notifier_invalidate_range_start(&range);
+ if (!MUTANT(hz_fault_no_notifier))
+ 	mmu_notifier_invalidate_range_start(&range);
|
- mmu_notifier_invalidate_range_end(&range);
+ if (!MUTANT(hz_fault_no_notifier))
+ 	mmu_notifier_invalidate_range_end(&range);
)
 ...>
 }
