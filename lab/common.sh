# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# What every script of the project shares: complaints, undo steps, the cache's place.
# Sourced; standard output belongs to KTAP and verdicts, all else goes to standard error.
#
# shellcheck disable=SC2034

EXIT_SETUP=2
EXIT_INTERRUPTED=130
CACHE=${UFFD_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/uffd-wp-conform}

say()
{
	printf '%s: %s\n' "${0##*/}" "$*" >&2
}

die()
{
	say "$*"
	exit "$EXIT_SETUP"
}

# Undo steps: a function or command with plain words as arguments; run last first, once, however the script ends.
UNDO=()
UNDO_OWNER=

undo_push()
{
	UNDO+=("$*")
}

undo_all()
{
	local -a words
	local i

	# A subshell inherits the list, but what it holds isn't the subshell's to undo.
	[[ $BASHPID == "$UNDO_OWNER" ]] || return 0
	for ((i = ${#UNDO[@]} - 1; i >= 0; i--)); do
		read -ra words <<<"${UNDO[i]}"
		unset "UNDO[i]"
		"${words[@]}"
	done
}

undo_arm()
{
	UNDO_OWNER=$BASHPID
	trap undo_all EXIT
	trap 'exit $EXIT_INTERRUPTED' INT TERM HUP
	trap 'exit $EXIT_SETUP' PIPE
}

# end_process PID: ends a child of ours and waits for it.
end_process()
{
	kill -TERM "$1" 2>/dev/null
	wait "$1" 2>/dev/null
	return 0
}

# WORK: a folder for this run's temporary files, without blanks in its name.
make_work_folder()
{
	WORK=$(mktemp -d "/tmp/uffd-wp-conform.XXXXXX") || die "cannot make a temporary folder in /tmp"
	undo_push rm -rf "$WORK"
}

# need_value OPTION ARGUMENTS...: for a parser that stands at OPTION.
need_value()
{
	(($# >= 2)) || die "$1 needs a value"
}
