# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # run and this file share $out, $err, $status, $here
# Streams of every kind, whole and broken. One function a claim; samples are the .ktap files here, what must hold for them in expected/.

test_panic_half_way_is_charged_to_the_running_test() {
	judge panic
	exits 1
	verdict 'DOES NOT CONFORM (4 requirements: 1 verified, 1 violated of which 0 by known bugs, 2 unverified; 0 deviations)'
	says 'violated  AS-THP-PATH (CRASH), new'
	says 'guest     ended: panic, in hugezero:as.first_write'
	says 'console [   12.2] Kernel panic - not syncing: Fatal exception'
	says '1 x guest died in hugezero:as.first_write (panic)'
}

test_panic_in_a_known_bug_is_known() {
	judge panic_known
	says 'violated  WP-PERSISTS (CRASH), known'
	judge panic_known --allow-known
	exits 3
}

test_contract_excuses_no_crash() {
	judge panic_contract --allow-known
	exits 1
	says 'violated  AS-THP-PATH (CRASH), new'
}

test_panic_between_tests_is_charged_to_the_log() {
	judge panic_between --expected "$(table requirements 'AC-LOG\tNothing in the log.\tde facto\talways')"
	exits 1
	says 'violated  AC-LOG (CRASH), new'
	says '# VIOLATED AC-LOG (CRASH)'
}

test_panic_between_tests_without_ac_log() {
	judge panic_between
	exits 1
	says 'violated  no requirement to charge (CRASH), new'
	verdict 'DOES NOT CONFORM (4 requirements: 3 verified, 0 violated of which 0 by known bugs, 1 unverified; 0 deviations)'
}

test_hung_guest_is_a_hang() {
	judge hang
	exits 1
	says 'violated  WP-NO-LOST-WRITE (HANG), new'
	says 'guest     ended: hang, in hugezero:as.no_write_lost'
}

test_truncated_stream_is_a_death() {
	judge truncated
	exits 1
	says 'violated  WP-PERSISTS (CRASH), new'
	says 'guest     ended: unknown, in hugezero:hz.store.persists'
}

test_torn_skip_is_no_pass() {
	# Cut off between the name and " # SKIP why": only the missing newline tells.
	{ cat "$here/truncated.ktap"; printf 'sists'; } > "$scratch/in"
	judge - < "$scratch/in"
	says 'guest     ended: unknown, in hugezero:hz.store.persists'
	says 'tests     0 passed, 1 failed'
}

test_torn_line_is_no_result() {
	printf '%s\n# guest panic\n' "$(< "$here/truncated.ktap")" > "$scratch/in"
	judge - < "$scratch/in"
	says 'guest     ended: panic, in hugezero:hz.store.persists'
	says 'tests     0 passed, 1 failed'
}

test_death_before_the_first_case_is_our_own() {
	judge before_first_case
	refuses 'guest died before the first case (panic)'
	judge - <<< $'[    1.0] booting\n# guest hang'
	refuses 'guest died before the first case (hang)'
	judge - <<< $'KTAP version 1\n# kernel 7.3\n1..2'
	refuses 'guest died before the first case (the stream stops)'
}

test_result_with_a_kernel_message_in_it_is_no_result() {
	{ cat "$here/truncated.ktap"; printf 'sists[    9.9] BUG: kernel NULL\n# guest panic\n'; } > "$scratch/in"
	judge - < "$scratch/in"
	says 'guest     ended: panic, in hugezero:hz.store.persists'
	says 'tests     0 passed, 1 failed'
}

test_harness_timeout_is_a_hang() {
	judge harness_endings
	exits 1
	says '# VIOLATED AS-THP-PATH (HANG) report: Test terminated by timeout'
}

test_signal_is_a_crash() {
	judge harness_endings
	says '# VIOLATED WP-PERSISTS (CRASH) report: Test terminated unexpectedly by signal 11'
}

test_case_timeout_is_a_hang() {
	judge harness_endings
	says '# VIOLATED WP-NO-LOST-WRITE (HANG) report: its case was ended while it ran: timeout'
}

test_case_killed_is_a_crash() {
	sed 's/# timeout/# killed by signal 11/' "$here/harness_endings.ktap" > "$scratch/in"
	judge - < "$scratch/in"
	says '# VIOLATED WP-NO-LOST-WRITE (CRASH) report: its case died while it ran: killed by signal 11'
}

test_case_by_hand() {
	{ printf '# kernel 7.3.4\n# fact feature.wp_async=yes\n# fact async.first_write=split\n'
	  cat "$here/by_hand.ktap"; } > "$scratch/in"
	judge - < "$scratch/in"
	exits 1
	hides guest
	says 'deviates  AS-THP-PATH (contract)'
	says "again  ./run.sh -k debian:latest '*:hz.store.persists'"
	says 'VERDICT 7.3.4: DOES NOT CONFORM (4 requirements: 1 verified, 1 violated of which 0 by known bugs, 1 unverified; 1 deviations)'
}

test_case_by_hand_may_begin_with_its_plan() {
	printf '%s\n' '# kernel 7.3.4' 'TAP version 13' '1..1' '# covers ev.one EV-ONE' 'ok 1 ev.one' > "$scratch/in"
	judge - < "$scratch/in"
	exits 3
	hides guest
	hides planned
}

test_case_by_hand_without_facts_is_not_conformity() {
	judge by_hand
	says "no '# kernel' line in the stream"
	sed '/VIOLATED/d;s/^not ok/ok/' "$here/by_hand.ktap" > "$scratch/in"
	judge - < "$scratch/in"
	exits 3
}

test_kselftest_runner_stream() {
	{ printf '# kernel 7.3.4\n# fact feature.wp_async=yes\n# fact async.first_write=split\n'
	  cat "$here/kselftest.ktap"; } > "$scratch/in"
	judge - < "$scratch/in"
	exits 3
	says 'deviates  AS-THP-PATH (contract)'
	says 'VERDICT 7.3.4: INCOMPLETE (4 requirements: 2 verified, 0 violated of which 0 by known bugs, 1 unverified; 1 deviations)'
}

test_serial_console_is_read_through() {
	judge console
	exits 1
	says $'# VIOLATED AS-THP-PATH (DISAGREE) cases/hugezero.c:39\n'
	says 'after   pmd+0'
	hides printk
	hides 'hz.noise'
	hides '\x0d'
}

test_half_a_skip_is_no_pass() {
	judge console
	says '1 without a result'
	says 'unverified  WP-NO-LOST-WRITE'
}

test_long_lines_and_bytes() {
	{ sed '/after   pmd/q' "$here/new.ktap"
	  printf '  #   bytes   \033[31m\000\377\303\251\n  #   long    '
	  head -c 300000 /dev/zero | tr '\0' x
	  printf '\n'
	  sed '1,/after   pmd/d' "$here/new.ktap"; } > "$scratch/in"
	judge - < "$scratch/in"
	exits 1
	says '#   bytes   \x1b[31m\x00\xffé'
	[ ${#out} -gt 300000 ] || complain 'the long line is cut'
	verdict 'DOES NOT CONFORM (4 requirements: 3 verified, 1 violated of which 0 by known bugs, 0 unverified; 0 deviations)'
}
