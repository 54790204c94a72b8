// SPDX-License-Identifier: GPL-2.0
// mutant: pte-protect-keeps-write
// file: mm/mprotect.c
// mistake: Protecting a base page sets the bit and leaves the entry writable.
// caught-by: WP-NEVER-WRITABLE WP-NO-LOST-WRITE
// kind: past 6ce64428d620

@@ @@
 change_present_ptes(...)
 {
 <...
- ptent = pte_mkuffd(ptent);
+ ptent = pte_write(oldpte) && MUTANT(pte_protect_keeps_write) ?
+ 	pte_mkwrite(pte_mkuffd(ptent), vma) : pte_mkuffd(ptent);
 ...>
 }
