# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# ./run.sh --bisect: the same run in the words of 'git bisect run': 0 good, 1 bad, 125 can't tell. Sourced after common.sh.
#
# git takes every other status up to 127 for bad, a mistyped option's too: so the run is a child, whatever becomes of it.

EXIT_CANNOT_TELL=125

# bisect ARGUMENTS: ends the script unless --bisect is none of them.
bisect()
{
	local word status
	local -a rest=()

	for word in "$@"; do
		[[ $word == --bisect ]] || rest+=("$word")
	done
	((${#rest[@]} < $#)) || return 0
	(cd "$CALLER" && exec "$RUN" "${rest[@]}") &
	undo_push end_process "$!"
	wait "$!"
	status=$?
	undo_pop
	case $status in
	0 | 1) exit "$status" ;;
	"$EXIT_INTERRUPTED") exit "$status" ;;
	*) say "exit $status is no answer: git bisect is told to skip this one"; exit "$EXIT_CANNOT_TELL" ;;
	esac
}
