// SPDX-License-Identifier: GPL-2.0
// mutant: pmd-protect-keeps-write
// file: mm/huge_memory.c
// mistake: Protecting a whole THP sets the bit and leaves the entry writable.
// caught-by: WP-NEVER-WRITABLE WP-NO-LOST-WRITE
// kind: past 6ce64428d620

@@ @@
 change_huge_pmd(...)
 {
 <...
- entry = pmd_mkuffd(entry);
+ entry = pmd_write(oldpmd) && MUTANT(pmd_protect_keeps_write) ? pmd_mkwrite(pmd_mkuffd(entry), vma) :
+ 	pmd_mkuffd(entry);
 ...>
 }
