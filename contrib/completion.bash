# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# bash completion for uffd-wp-conform (and ./run.sh, once this file is sourced): options and kernels as --help has them, cases as -l.

_uffd_wp_conform()
{
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} self=${COMP_WORDS[0]}
	local words=''

	# A tilde, or a name in the path, as the shell would find it.
	self=$(compgen -G "${self/#\~/$HOME}" || command -v "$self") || return
	case $prev in
	-k | --kernel) words="running lab debian:latest debian:6.1 debian:6.12" ;;
	--format) words="junit json html kcidb all" ;;
	--arch) words="x86_64 arm64" ;;
	--profile) words=$(grep -v '^#' "$(dirname "$(readlink -f "$self")")/expected/profiles.tsv" | cut -f 1 | uniq) ;;
	-r | --results | --append | --replay | --shard) ;;
	*)
		if [[ $cur == -* ]]; then
			words=$("$self" --help 2>/dev/null | grep -oE -- '--[a-z]+(-[a-z]+)*' | sort -u)
		else
			words=$("$self" --list 2>/dev/null | cut -d : -f 1 | uniq)
		fi ;;
	esac
	# A colon splits a word for readline; what stands before it is typed already.
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
	! declare -F __ltrim_colon_completions >/dev/null || __ltrim_colon_completions "$cur"
}

complete -o default -F _uffd_wp_conform uffd-wp-conform run.sh ./run.sh
