# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# What a machine may lack, forbid or run out of. Sourced by run.
#
# The last line of a script is what its user sees: "no X: do Y", a skip with its reason, or the verdict.
#
# shellcheck disable=SC2154,SC2317 # TMP, PROJECT; what claim calls

NOBODY=(setpriv --reuid=65534 --regid=65534 --clear-groups)
CASE=hugezero
# A test of it that every kernel with a huge zero page passes.
TEST=hugezero_sync.retried_write_is_the_only_data

# limited LIMIT: the command words that run with what ulimit is told.
limited() { printf '%s\n' bash -c "ulimit $1 && exec \"\$@\"" -; }

# apart SCRIPT COMMAND...: in mount and network namespaces of its own, where the script may turn everything upside down.
apart()
{
	local script=$1

	shift
	unshare -m -- bash -c "$script && exec \"\$@\"" - "$@"
}

# case_says CLAIM EXIT REGEX COMMAND...: of a case binary, which tells all on its standard output.
case_says()
{
	local claim=$1 exit=$2 regex=$3

	shift 3
	run "$@"
	expect "$claim" "$exit" "$regex" "$OUT"
}

# A copy that others than root can read and run, with a real case in it.
make_open_project()
{
	OPEN=$TMP/open
	cp -r "$PROJECT" "$OPEN"
	cp "cases/$CASE" "$OPEN/cases/"
	"cases/$CASE" --list | sed "s/^/$CASE\t/" >>"$OPEN/build/tests.tsv"
	: >"$OPEN/cases/$CASE.c"
	chmod -R a+rX "$OPEN"
	mkdir -m 777 "$TMP/shared"
}

test_streams_of_ours()
{
	local -a small files

	mapfile -t small < <(limited "-f 64")
	mapfile -t files < <(limited "-n 8")
	refuses "standard output closed" 'standard output is closed' bash -c '"$@" >&-' - "$PROJECT/run.sh" -k running passes
	run bash -c '"$@" >/dev/full' - "$PROJECT/run.sh" -r "$TMP/full" -k running passes
	expect_refusal "standard output on a full disk" 'standard output.: cannot be written: No space left'
	refuses "files may not grow" 'no room there' "${small[@]}" "$PROJECT/run.sh" -k running passes
	refuses "few files may be open" 'no more than 8 files may be open' "${files[@]}" "$PROJECT/run.sh" -k running passes
	refuses "no folder for temporary files" 'a temporary folder can.t be made' \
		env TMPDIR=/none "$PROJECT/run.sh" -k running passes
	run env -i /bin/bash "$PROJECT/run.sh" -r "$TMP/r" -k running passes
	expect "an empty environment" 0 '^VERDICT .* CONFORMS' "$OUT"
	cp -r "$PROJECT" "$TMP/a folder"
	run "$TMP/a folder/run.sh" -r "$TMP/its results" -k running passes
	expect "blanks in the names of folders" 0 '^VERDICT .* CONFORMS' "$OUT"
}

test_full_disks()
{
	local space='mount -t tmpfs -o size=16k none'

	if ! unshare -m true 2>/dev/null; then
		skip "full disks, a read-only tree, no /proc" "no mount namespace: needs root"
		return 1
	fi
	mkdir "$TMP/small"
	run apart "$space '$TMP/small'" "$PROJECT/run.sh" -r "$TMP/small" -k running --repeat 200 passes
	expect_line "the results' disk full" '^run.sh: .*run.ktap: cannot be written: No space left'
	refuses "the temporary files' disk full" 'no room there: TMPDIR names another place' \
		apart "$space '$TMP/small'" env TMPDIR="$TMP/small" "$PROJECT/run.sh" -k running passes
	refuses "results on a read-only disk" 'results cannot be written there' \
		apart "mount -t tmpfs -o ro none '$TMP/small'" "$PROJECT/run.sh" -r "$TMP/small/r" -k running passes
}

# expect_line CLAIM REGEX: like expect_refusal, but for what the run has given on standard output until then.
expect_line()
{
	OUT=
	expect_refusal "$@"
}

test_mounts()
{
	local readonly="mount --bind '$PROJECT' '$PROJECT' && mount -o remount,ro,bind '$PROJECT'"

	refuses "a read-only tree" 'results cannot be written there' apart "$readonly" "$PROJECT/run.sh" -k running passes
	run apart "$readonly" "$PROJECT/run.sh" -r "$TMP/r" -k running passes
	expect "a read-only tree, results elsewhere" 0 '^VERDICT .* CONFORMS' "$OUT"
	refuses "no /proc" 'no /proc: type: mount' apart 'umount -l /proc' "$PROJECT/run.sh" -k running passes
	case_says "no /proc for a case" 4 '^1..0 # SKIP no /proc .*: mount -t proc' apart 'umount -l /proc' "cases/$CASE"
	case_says "no debugfs" 0 "^ok .*$TEST$" apart 'umount -l /sys/kernel/debug; :' "cases/$CASE" -r "$TEST"
	case_says "no /sys" 0 "^ok .*$TEST$" apart 'umount -l /sys' "cases/$CASE" -r "$TEST"
	case_says "other's processes hidden" 0 "^ok .*$TEST$" \
		apart 'mount -o remount,hidepid=2 /proc' "cases/$CASE" -r "$TEST"
	run apart 'mount -o remount,hidepid=2 /proc' "${NOBODY[@]}" "$OPEN/run.sh" -r "$TMP/shared/h" -k running passes strays
	claim "other's processes hidden, and no root: it comes to its end" grep -qx '# end' <<<"$OUT"
}

test_no_root()
{
	refuses "no root, and the tree isn't ours" 'results cannot be written there' \
		"${NOBODY[@]}" "$OPEN/run.sh" -k running passes
	case_says "no root for a case" 4 '^1..0 # SKIP no userfaultfd .*: run as root, or sysctl' \
		"${NOBODY[@]}" "$OPEN/cases/$CASE"
	run "${NOBODY[@]}" "$OPEN/run.sh" -r "$TMP/shared/r" -k running "$CASE"
	expect "no root: nothing is verified" 3 'run as root, or sysctl' "$OUT"
	run "${NOBODY[@]}" env QEMU=/nonexistent "$OPEN/run.sh" -r "$TMP/shared/q" -k debian:latest passes
	expect_refusal "no root, and no qemu" 'missing, and not installed: as root, type: apt-get install qemu'
}

test_forbidden()
{
	local forbid=$TMP/forbid

	gcc -std=gnu11 -O2 -Wall -Wextra -Werror -o "$forbid" tests/bad-input/forbid.c || exit 2
	case_says "userfaultfd forbidden" 4 '^1..0 # SKIP no userfaultfd .Operation not permitted' \
		"$forbid" userfaultfd -- "cases/$CASE"
	case_says "pidfd_open forbidden" 4 '^1..0 # SKIP no pidfd_open .*seccomp' "$forbid" pidfd_open -- "cases/$CASE"
	case_says "io_uring forbidden: the probe knows" 0 '^uring=no$' "$forbid" io_uring_setup -- build/probe
	case_says "io_uring forbidden: its tests are skipped" 0 "^ok .*uring.* # SKIP .*io_uring" "$forbid" io_uring_setup -- cases/sync
	run "$forbid" userfaultfd -- "$OPEN/run.sh" -r "$TMP/forbidden" -k running "$CASE"
	expect "userfaultfd forbidden: nothing is verified" 3 '^VERDICT .* INCOMPLETE' "$OUT"
	run "$forbid" userfaultfd -- "$OPEN/run.sh" -r "$TMP/forbidden" passes --list
	expect "userfaultfd forbidden: the list is there" 0 '^passes:' "$OUT"
}

# Is nobody else at work with the machine's settings?
settings_are_free() { [[ ! -s /run/uffd-wp-conform.ledger ]]; }

test_thp_never()
{
	local switch=/sys/kernel/mm/transparent_hugepage/enabled was

	was=$(sed 's/.*\[\(.*\)\].*/\1/' $switch 2>/dev/null)
	if [[ ! $was ]] || ((EUID)) || ! settings_are_free; then
		skip "THP never" "needs root, and nobody else who changes settings"
		return
	fi
	trap 'echo '"$was"' >'$switch'; rm -rf "$TMP"' EXIT
	echo never >$switch
	case_says "THP never: a case arranges what it needs" 0 "^ok .*$TEST$" "cases/$CASE" -r "$TEST"
	claim "THP never: as before afterwards" grep -q '\[never\]' $switch
	case_says "THP never: the probe arranges it, too" 0 '^thp.huge_zero=yes$' build/probe
	claim "THP never: as before after the probe" grep -q '\[never\]' $switch
	echo "$was" >$switch
	trap 'rm -rf "$TMP"' EXIT
}

test_memory()
{
	local -a little
	local kind

	head -c 200000000 /dev/zero | tr '\0' x >"$TMP/stream"
	run bash -c 'ulimit -v 60000; exec build/report --expected tests/report/expected <"$1"' - "$TMP/stream"
	expect_refusal "a line for which there is no memory" '^report: .*(memory|cannot be read)'
	rm -f "$TMP/stream"
	mapfile -t little < <(limited "-v 9000")
	run "${little[@]}" "cases/$CASE" -r "$TEST"
	((STATUS != 0 && STATUS <= 4)) && kind=ended || kind="status $STATUS"
	claim "no memory for a case: it ends by itself" test "$kind" = ended
}

test_lacks()
{
	# A machine without its packages' archive.
	mkdir "$TMP/bin"
	printf '#!/bin/sh\necho "E: Unable to locate package"\nexit 100\n' >"$TMP/bin/apt-get"
	chmod +x "$TMP/bin/apt-get"
	run env QEMU=/nonexistent PATH="$TMP/bin:$PATH" "$PROJECT/run.sh" -k debian:latest passes
	expect "no qemu" 2 'missing, and not installed.*type: apt-get install qemu-system-x86$' "$ERR"
	run env UFFD_CACHE=/proc/none "$PROJECT/run.sh" -k debian:latest passes
	expect "a cache that can't be written" 2 'cannot be written .UFFD_CACHE' "$ERR"
	if unshare -n true 2>/dev/null; then
		run env UFFD_CACHE="$TMP/cold" unshare -n "$PROJECT/run.sh" -k debian:latest passes
		expect "no network with a cold cache" 2 'no network' "$ERR"
	else
		skip "no network with a cold cache" "no network namespace: needs root"
	fi
	# The boot protocol's mark and nothing else: only qemu can find that out.
	head -c 20000 /dev/zero >"$TMP/mark"
	printf HdrS | dd of="$TMP/mark" bs=1 seek=514 conv=notrunc status=none
	run "$PROJECT/run.sh" -r "$TMP/r" -k "$TMP/mark" --timeout 1 passes
	expect "a kernel file that doesn't boot" 2 '.' "$ERR"
}

test_environment()
{
	make_open_project
	test_streams_of_ours
	if test_full_disks; then
		test_mounts
		test_no_root
	fi
	test_forbidden
	test_thp_never
	test_memory
	test_lacks
}
