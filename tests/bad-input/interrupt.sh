# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Ctrl-C at every stage of a run: exit 130, nothing left, results already gained are kept. Sourced by run.
#
# shellcheck disable=SC2034,SC2154 # STATUS and ERR are expect's; TMP, PROJECT

# A terminal's Ctrl-C goes to all of the foreground's processes. Where this runs SIGINT may be ignored: not there.
start_run()
{
	env --default-signal=INT setsid "$PROJECT/run.sh" "$@" >"$TMP/out" 2>"$TMP/err" </dev/null &
	RUN=$!
}

# wait_for REGEX FILE
wait_for()
{
	local deadline=$((SECONDS + 300))

	until grep -qE -- "$1" "$2" 2>/dev/null; do
		((SECONDS < deadline)) && kill -0 "$RUN" 2>/dev/null || return 1
		read -rt 0.05 <> <(:)
	done
	return 0
}

# Nobody of the project is left, nor its temporary folders.
nothing_left()
{
	local path

	for path in /proc/[0-9]*; do
		[[ $(readlink "$path/cwd" 2>/dev/null) != "$PROJECT"* ]] || { tr '\0' ' ' <"$path/cmdline"; return 1; }
	done
	! compgen -G "$TMPDIR/uffd-wp-conform.*"
}

# interrupt CLAIM REGEX FILE: Ctrl-C once FILE has the line.
interrupt()
{
	wait_for "$2" "$3" || fail "$1: it never came so far" "$TMP/err"
	kill -INT -- "-$RUN"
	wait "$RUN"
	STATUS=$?
	ERR=$(<"$TMP/err")
	expect "Ctrl-C $1: exit 130" 130 '' ''
	claim "Ctrl-C $1: nothing is left" nothing_left
}

test_interrupt()
{
	start_run -r "$TMP/i" -k running fails hangs
	interrupt "while a case runs" 'RUN  *fake.second' "$TMP/i/running/run.ktap"
	claim "results already gained are kept" grep -q '^not ok 1 fails' "$TMP/i/running/run.ktap"

	start_run -r "$TMP/g" -k debian:latest fails hangs
	interrupt "while a guest runs" '^# case hangs' "$TMP/g/debian_latest/run.ktap"
	claim "results already gained in the guest are kept" grep -q '^not ok 1 fails' "$TMP/g/debian_latest/run.ktap"

	UFFD_CACHE=$TMP/fresh start_run -r "$TMP/f" -k debian:latest passes
	interrupt "while a kernel is fetched" '^fetch: ' "$TMP/err"

	printf 'all:\n\t@echo building >&2; sleep 100\n' >"$PROJECT/Makefile"
	start_run -r "$TMP/b" -k running passes
	interrupt "while it is built" '^building' "$TMP/err"
}

