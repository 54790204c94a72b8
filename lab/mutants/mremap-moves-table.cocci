// SPDX-License-Identifier: GPL-2.0
// mutant: mremap-moves-table
// file: mm/mremap.c
// mistake: mremap without the remap event moves whole page tables, with all protection in them.
// caught-by: LC-MREMAP PM-BIT57
// kind: past 0cef0bb836e3

@@ expression E; @@
 uffd_supports_page_table_move(...)
 {
 <...
 return
- E
+ (E) || MUTANT(mremap_moves_table)
 ;
 ...>
 }
