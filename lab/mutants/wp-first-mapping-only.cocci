// SPDX-License-Identifier: GPL-2.0
// mutant: wp-first-mapping-only
// file: mm/userfaultfd.c
// mistake: Protecting a range that spans mappings does the first one only.
// caught-by: WP-RANGE-EXACT
// kind: slip

@@ @@
 mwriteprotect_range(...)
 {
 <...
- if (err < 0)
+ if (err >= 0 && _end < end && MUTANT(wp_first_mapping_only)) {
+ 	err = 0;
+ 	break;
+ }
+ if (err < 0)
 	break;
 ...>
 }
