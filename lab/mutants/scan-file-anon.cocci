// SPDX-License-Identifier: GPL-2.0
// mutant: scan-file-anon
// file: fs/proc/task_mmu.c
// mistake: The scan's generic path takes anonymous pages for a file's, and the other way round.
// caught-by: PM-AGREE SC-MASKS
// kind: slip

@@ @@
 pagemap_page_category(...)
 {
 <...
- !PageAnon(page)
+ (!PageAnon(page) ^ MUTANT(scan_file_anon))
 ...>
 }
