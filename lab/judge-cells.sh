# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# What the cells of lab/score say: each mutant's violations against the unchanged kernel's. Sourced by it.
#
# shellcheck disable=SC2153

# stream HEADER CELL...: as if one guest had run them and come to its end.
stream()
{
	local header=$1 end='# end'

	shift
	cat "$header"
	echo "1..$#"
	! grep -q '^# guest ' "$1" || end=''
	awk '/^(not )?ok [0-9]+ / { sub(/ok [0-9]+ /, "ok " ++n " ") } { print }' "$@"
	echo "$end"
}

# violations HEADER CELL...: 'requirement class test' of those that no row excuses or knows. A guest has one death to die,
# so a cell in which it did is judged by itself.
violations()
{
	local header=$1 cell
	local -a living=()

	shift
	for cell in "$@"; do
		if grep -q '^# guest ' "$cell"; then
			table "$header" "$cell"
		else
			living+=("$cell")
		fi
	done
	((${#living[@]} == 0)) || table "$header" "${living[@]}"
}

table()
{
	stream "$@" | build/report --expected expected --kernel lab --violations /dev/fd/3 3>&1 >/dev/null |
		awk -F '\t' '$1 == "new" { print $2 "\t" $3 "\t" $4 }'
}

# control_fails FOLDER: does the unchanged kernel, at the end of a guest, violate what it doesn't in a guest of its own?
control_fails()
{
	[[ -e $CELLS/header ]] || cp "$1/header" "$CELLS/header"
	violations "$CELLS/header" "$1"/none/* >"$1/control.violations"
	! awk -F '\t' 'NR == FNR { known[$1 $3]; next } !($1 $3 in known) { bad = 1 } END { exit bad }' \
		<(baseline) "$1/control.violations"
}

baseline()
{
	local -a cells

	mapfile -t cells < <(kept_of_all none)
	((${#cells[@]} == 0)) || violations "$CELLS/header" "${cells[@]}"
}

# missing_of EQUIVALENT CELL...: how many are missing. Nobody need look for long for what can't be seen.
missing_of()
{
	local equivalent=$1 cell missing

	shift
	missing=${#BINARIES[@]}
	[[ $equivalent != - ]] || missing=$((missing + ${#LONG[@]}))
	for cell in "$@"; do
		[[ $equivalent != - && $cell == *.full ]] || ((missing--))
	done
	echo "$missing"
}

# judge_mutant MUTANT: its line of score.tsv.
judge_mutant()
{
	local -a cells

	mapfile -t cells < <(kept_of_all "$1")
	{
		((${#cells[@]} == 0)) || violations "$CELLS/header" "${cells[@]}"
	} | awk -F '\t' -v mutant="$1" -v ids="$(field 4 "$1")" -v mistake="$(field 5 "$1")" \
		-v equivalent="$(field 6 "$1")" -v missing="$(missing_of "$(field 6 "$1")" "${cells[@]}")" \
		-v seconds="$(seconds "${cells[@]}")" -f lab/score.awk "$WORK/baseline" -
}

# seconds CELL...
seconds()
{
	(($#)) || { echo 0; return; }
	awk '/^# seconds / { sum += $3 } END { printf "%.1f", sum }' "$@"
}

# judge_all SECONDS: writes the results, prints the text.
judge_all()
{
	local mutant

	baseline >"$WORK/baseline"
	printf '# mutant\toutcome\tcaught by\talso violated\tseconds\tfailing tests\tone of them\tmistake\n' >"$WORK/tsv"
	while read -r mutant; do
		printf '%s\n' "${NOTICED[$mutant]-$(judge_mutant "$mutant")}"
	done < <(printf '%s\n' "${!MUTANTS[@]}" | LC_ALL=C sort) >>"$WORK/tsv"
	awk -F '\t' -v elapsed="$1" -f lab/score-text.awk "$WORK/tsv" >"$WORK/txt"
	{ cp "$WORK/tsv" "$RESULTS/score.tsv" && cp "$WORK/txt" "$RESULTS/score.txt"; } 2>/dev/null ||
		die "$RESULTS: cannot be written"
	remember_killers "$WORK/tsv"
	cat "$RESULTS/score.txt"
	! awk -F '\t' '!/^#/ && $2 != "killed" && $2 != "equivalent" { bad = 1 } END { exit !bad }' "$RESULTS/score.tsv"
}
