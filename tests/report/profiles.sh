# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # run and this file share $out, $err, $status, $here
# What a run says to one kind of user. One function a claim.

test_profile_is_safe_when_all_it_leans_on_is_verified() {
	judge conforms --profile tracking
	exits 0
	says 'profile   tracking: SAFE'
}

test_profile_is_unsafe_by_a_known_bug_too() {
	judge known_bug --profile snapshot --allow-known
	exits 1
	says 'profile   snapshot: UNSAFE'
	says 'a write goes through unsaved'
}

test_profile_is_unknown_when_nothing_tells() {
	judge skip --profile snapshot
	exits 3
	says 'profile   snapshot: UNKNOWN'
	says '  unknown  WP-PERSISTS: skipped: '
}

test_profile_bears_what_only_costs() {
	judge new --profile tracking
	exits 0
	says 'violated  AS-THP-PATH (DISAGREE)'
	says 'profile   tracking: SAFE'
}

test_each_profile_has_a_line_before_the_verdict() {
	judge conforms
	says $'profile   tracking: SAFE\nprofile   snapshot: SAFE\nVERDICT'
}

test_part_of_the_tests_says_nothing_of_profiles() {
	judge selection
	hides 'profile '
}

test_unknown_profile_is_refused() {
	judge conforms --profile nobody
	refuses "no profile 'nobody': tracking, snapshot"
}

test_profile_with_an_unknown_class_is_refused() {
	judge conforms --expected "$(table profiles 'x\tEV-ONE\tLOSS\ty')"
	refuses "'LOSS' is no class"
}
