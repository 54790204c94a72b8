# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # run and this file share $out, $err, $status, $here
# What a run says of each requirement. One function a claim; samples are the .ktap files here, what must hold for them in expected/.

test_all_pass_conforms() {
	judge conforms
	exits 0
	verdict 'CONFORMS (4 requirements: 4 verified, 0 violated of which 0 by known bugs, 0 unverified; 0 deviations)'
	says 'tests     4 passed, 0 failed, 0 skipped'
}

test_skip_is_never_a_pass() {
	judge skip
	exits 3
	verdict 'INCOMPLETE (4 requirements: 3 verified, 0 violated of which 0 by known bugs, 1 unverified; 0 deviations)'
	says 'tests     3 passed, 0 failed, 2 skipped'
	says 'unverified  WP-PERSISTS: Protection survives'
}

test_skip_reasons_are_said_once() {
	judge skip
	says '2 x skipped: no huge zero page: echo 1 > use_zero_page'
	times 1 'no huge zero page'
}

test_allow_known_does_not_allow_unverified() {
	judge skip --allow-known
	exits 3
}

test_new_violation_does_not_conform() {
	judge new
	exits 1
	verdict 'DOES NOT CONFORM (4 requirements: 3 verified, 1 violated of which 0 by known bugs, 0 unverified; 0 deviations)'
	judge new --allow-known
	exits 1
}

test_violation_is_shown_whole() {
	judge new
	[ "$(head -14 <<< "$out")" = "$(< "$here/new.head")" ] || complain "begins: $out"
}

test_harness_lines_are_no_part_of_a_block() {
	sed '/: Test failed/d' "$here/new.ktap" > "$scratch/in"
	judge - < "$scratch/in"
	says '# VIOLATED AS-THP-PATH'
	hides 'FAIL  as.first_write'
}

test_contract_deviates() {
	judge contract
	exits 0
	verdict 'CONFORMS (4 requirements: 3 verified, 0 violated of which 0 by known bugs, 0 unverified; 1 deviations)'
	says 'deviates  AS-THP-PATH (contract)'
	says 'why     released kernels split (founding mail) (expected/deviations.tsv:2)'
	says 'hugezero:as.first_write'
}

test_bypass_deviates() {
	judge bypass
	exits 0
	says 'deviates  WP-PERSISTS (bypass)'
	verdict 'CONFORMS (4 requirements: 3 verified, 0 violated of which 0 by known bugs, 0 unverified; 1 deviations)'
}

test_stale_row_fails_the_run() {
	judge stale
	exits 1
	says 'stale     expected/deviations.tsv:2: hugezero:as.first_write (contract, when async.first_write=split)'
	says 'fails     1 stale rows'
	judge stale --allow-known
	exits 1
}

test_row_that_does_not_hold_is_not_stale() {
	judge conforms
	hides stale
}

test_skipped_test_makes_no_row_stale() {
	sed 's/ok 2 as.first_write$/& # SKIP no memory/' "$here/stale.ktap" > "$scratch/in"
	judge - < "$scratch/in"
	hides stale
	exits 3
}

test_known_bug_is_the_truth() {
	judge known_bug
	exits 1
	verdict 'DOES NOT CONFORM (4 requirements: 3 verified, 1 violated of which 1 by known bugs, 0 unverified; 0 deviations)'
	says 'violated  WP-PERSISTS (LOST), known'
	says 'known  a read-only pin strips the bit, no fix known (bug, expected/deviations.tsv:3)'
}

test_known_bug_allowed_exits_0_and_says_the_same() {
	judge known_bug --allow-known
	exits 0
	verdict 'DOES NOT CONFORM (4 requirements: 3 verified, 1 violated of which 1 by known bugs, 0 unverified; 0 deviations)'
}

test_new_beats_known() {
	judge new_beside_known --allow-known
	exits 1
	verdict 'DOES NOT CONFORM (4 requirements: 3 verified, 1 violated of which 0 by known bugs, 0 unverified; 0 deviations)'
	says 'violated  WP-PERSISTS (LOST, EXTRA), new'
	says 'known  no row of expected/deviations.tsv applies: new'
	says 'known  a read-only pin strips the bit'
}

test_not_applicable_names_the_term() {
	judge not_applicable
	exits 0
	says 'not applicable  needs feature.wp_async=yes, here no: AS-THP-PATH WP-NO-LOST-WRITE'
	says '  skipped: no wp_async'
	says 'not counted: hugezero:as.no_write_lost (INTERFACE) fails'
	verdict 'CONFORMS (2 requirements: 2 verified, 0 violated of which 0 by known bugs, 0 unverified; 0 deviations)'
}

test_crash_is_never_not_applicable() {
	sed 's/wp_async=yes/wp_async=no/' "$here/panic.ktap" > "$scratch/in"
	judge - < "$scratch/in"
	exits 1
	says 'violated  no requirement to charge (CRASH), new'
}

test_kernel_version_compares_numbers() {
	sed 's/# kernel .*/# kernel 6.10.3-rc1/' "$here/conforms.ktap" > "$scratch/in"
	judge - < "$scratch/in"
	hides 'not applicable'
	sed 's/# kernel .*/# kernel 6.6.99/' "$here/conforms.ktap" > "$scratch/in"
	judge - < "$scratch/in"
	says 'not applicable  needs kernel>=6.7, here 6.6.99: AS-THP-PATH'
}

test_conditions() {
	local dir

	dir=$(table requirements 'A-B\tx\ty\tkernel<7.3.4\nA-C\tx\ty\tkernel<7.3.5\nA-D\tx\ty\tno.such!=x arch=arm64')
	judge conforms --expected "$dir"
	says 'needs kernel<7.3.4, here 7.3.4+deb13-cloud-amd64: A-B'
	says 'needs arch=arm64, here x86_64: A-D'
	says 'unverified  no test of this run covers: A-C'
}

test_failure_without_a_block_is_charged_to_the_first_id() {
	judge no_block
	exits 1
	says 'violated  WP-PERSISTS (INTERFACE), new'
	says '# cases/hugezero.c:9:persists:Expected 0 (0) == ret (-1)'
}

test_violation_with_an_ok_is_a_failure() {
	judge no_block
	says 'violated  WP-NO-LOST-WRITE (LOST), new'
	says 'tests     2 passed, 2 failed'
}

test_uncovered_failure_is_not_lost() {
	grep -v '# covers hz' "$here/no_block.ktap" > "$scratch/in"
	judge - < "$scratch/in"
	exits 1
	says 'violated  no requirement to charge (INTERFACE), new'
}

test_bad_end_of_a_case_is_incomplete() {
	judge bad_end
	exits 3
	says 'case hugezero ended badly (exit=1), but none of its tests failed'
}

test_missing_case_is_incomplete() {
	sed '/^# case events/,/^ok 2/d' "$here/conforms.ktap" > "$scratch/in"
	judge - < "$scratch/in"
	exits 3
	says '1 of 2 planned cases ran'
}

test_selection_counts_what_it_covers() {
	judge selection
	exits 0
	verdict 'CONFORMS (2 requirements: 2 verified, 0 violated of which 0 by known bugs, 0 unverified; 0 deviations)'
	says 'selection  leaves out 2 requirements'
	hides warning
}

test_selected_test_that_did_not_run_counts() {
	sed 's/# selection .*/# selection hugezero:as.* ev*/' "$here/selection.ktap" > "$scratch/in"
	judge - < "$scratch/in"
	exits 3
	says 'unverified  AS-THP-PATH'
	verdict 'INCOMPLETE (4 requirements: 2 verified, 0 violated of which 0 by known bugs, 2 unverified; 0 deviations)'
}

test_nothing_verified_is_not_conformity() {
	printf '%s\n' 'KTAP version 1' '# kernel 7.3' '# selection h*' '1..1' '# case h' \
		'  1..0 # SKIP no userfaultfd' 'ok 1 h # SKIP no userfaultfd' '# end' > "$scratch/in"
	judge - < "$scratch/in"
	exits 3
	says 'skipped   case h: no userfaultfd'
}

test_row_without_a_test_is_a_warning_in_a_whole_run() {
	judge conforms
	says 'warning   expected/deviations.tsv:4: hugezero:hz.bypass.persists matches no test of this run'
	exits 0
	judge panic
	hides warning
}

test_many_variants_do_not_flood() {
	judge flood
	times 1 'violated  '
	times 4 '# VIOLATED'
	says 'the same way (LOST, new) in 3 more:'
	says $'\n    hugezero:hz.v5.persists'
}
