// SPDX-License-Identifier: GPL-2.0
// mutant: set-mode-any-feature
// file: mm/userfaultfd.c
// mistake: UFFDIO_SET_MODE switches any feature on, not only those that may be switched.
// caught-by: RW-SET-MODE IF-ERRORS
// kind: slip

@@ @@
- uffd_api_available_features() & UFFD_FEATURE_TOGGLEABLE
+ uffd_api_available_features() & (MUTANT(set_mode_any_feature) ? ~0ULL : UFFD_FEATURE_TOGGLEABLE)
