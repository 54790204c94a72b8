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

# An environment without one leaves us the shell's own, which those that we start don't see.
export PATH

say()
{
	printf '%s: %s\n' "${0##*/}" "$*" >&2
}

die()
{
	say "$*"
	exit "$EXIT_SETUP"
}

# Undo steps, each a command and one argument: run last first, once, however the script ends.
UNDO=()
UNDO_ARGUMENT=()
UNDO_OWNER=

undo_push()
{
	UNDO+=("$1")
	UNDO_ARGUMENT+=("$2")
}

# Forgets the last step, for what it would undo has come to its end.
undo_pop()
{
	unset 'UNDO[-1]' 'UNDO_ARGUMENT[-1]'
}

undo_all()
{
	local step argument

	# A subshell inherits the list, but what it holds isn't the subshell's to undo.
	[[ $BASHPID == "$UNDO_OWNER" ]] || return 0
	while ((${#UNDO[@]})); do
		step=${UNDO[-1]} argument=${UNDO_ARGUMENT[-1]}
		undo_pop
		"$step" "$argument"
	done
}

undo_arm()
{
	UNDO_OWNER=$BASHPID
	trap undo_all EXIT
	trap 'exit $EXIT_INTERRUPTED' INT TERM HUP
	trap 'exit $EXIT_SETUP' PIPE
	# A file that may not grow is an error to tell, not a signal to die of.
	trap '' XFSZ
}

# end_process PID: ends a child of ours and waits for it.
end_process()
{
	kill -TERM "$1" 2>/dev/null
	wait "$1" 2>/dev/null
	return 0
}

remove_folder()
{
	rm -rf "$1"
}

# keep_house FOLDER: for scripts that are killed. In a session of its own somebody reads from a pipe that this script and all that
# it starts hold open: when it ends, they are all gone, and so goes the folder.
keep_house()
{
	local pipe

	# shellcheck disable=SC2016 # the inner shell's own
	exec {pipe}> >(cd / && exec setsid bash -c 'trap "" INT TERM HUP; cat; rm -rf -- "$1"' - "$1" >/dev/null 2>&1)
}

# make_folder TEMPLATE: a new folder that goes when the script does; sets MADE.
make_folder()
{
	MADE=$(mktemp -d "$1" 2>/dev/null) || die "${1%/*}: a temporary folder can't be made there"
	undo_push remove_folder "$MADE"
	keep_house "$MADE"
}

# WORK: a folder for this run's temporary files.
make_work_folder()
{
	make_folder "${TMPDIR:-/tmp}/uffd-wp-conform.XXXXXX"
	WORK=$MADE
	head -c $((1 << 20)) /dev/zero 2>/dev/null >"$WORK/room" || die "${TMPDIR:-/tmp}: no room there: TMPDIR names another place"
	rm -f "$WORK/room"
}

# need_value OPTION ARGUMENTS...: for a parser that stands at OPTION.
need_value()
{
	(($# >= 2)) || die "$1 needs a value"
}
