// SPDX-License-Identifier: GPL-2.0
// mutant: border-hole-ends-range
// file: mm/mprotect.c
// mistake: Un-protecting ends at the first PMD that maps nothing.
// caught-by: WP-RANGE-EXACT
// kind: slip

@@ @@
 change_pmd_range(...)
 {
 <...
- if (pmd_none(*pmd))
+ if (pmd_none(*pmd) && MUTANT(border_hole_ends_range))
+ 	break;
+ if (pmd_none(*pmd))
 	goto next;
 ...>
 }
