# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# What somebody who mistyped a name may have meant. Sourced by run.sh.

# nearest WORD: of the lines on standard input the one with the fewest letters to add, drop, change or swap; nothing when even that
# is another word.
nearest()
{
	awk -v word="$1" '
		function least(a, b) { return a < b ? a : b }
		function distance(a, b,    i, j, c, d) {
			for (i = 0; i <= length(a); i++)
				d[i, 0] = i
			for (j = 0; j <= length(b); j++)
				d[0, j] = j
			for (i = 1; i <= length(a); i++)
				for (j = 1; j <= length(b); j++) {
					c = substr(a, i, 1) != substr(b, j, 1)
					d[i, j] = least(least(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + c)
					if (i > 1 && j > 1 && substr(a, i, 1) == substr(b, j - 1, 1) && substr(a, i - 1, 1) == substr(b, j, 1))
						d[i, j] = least(d[i, j], d[i - 2, j - 2] + 1)
				}
			return d[length(a), length(b)]
		}
		BEGIN { best = int(length(word) / 3) + 1 }
		{
			far = index($0, word) == 1 && length(word) > 2 ? 0.5 : distance(word, $0)
			if (far < best) {
				best = far
				found = $0
			}
		}
		END { if (found != "") print found }'
}

# suggestion WORD NAME...: '; did you mean NAME?' to end a complaint with, or nothing.
suggestion()
{
	local found

	found=$(printf '%s\n' "${@:2}" | nearest "$1")
	[[ ! $found ]] || printf "; did you mean '%s'?" "$found"
}

# option_names: as they are typed.
option_names()
{
	local row long

	for row in "${OPTIONS[@]}"; do
		IFS='|' read -r _ long _ <<<"$row"
		echo "--$long"
	done
}

# suggest_glob GLOB FILE: of list_tests' lines in FILE a case's name, or, where the case is there, one of its tests'.
suggest_glob()
{
	local -a names

	mapfile -t names < <(awk -F '\t' -v case="${1%%:*}" '
		$1 == case { test[++n] = $1 ":" $2 }
		$1 != last { name[++m] = last = $1 }
		END { for (i = 1; i <= (n ? n : m); i++) print n ? test[i] : name[i] }' "$2")
	if [[ ${names[0]-} == *:* ]]; then
		suggestion "$1" "${names[@]}"
	else
		suggestion "${1%%:*}" "${names[@]}"
	fi
}
