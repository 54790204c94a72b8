# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# A cell is what one case has said on one mutant, a file CELLS/MUTANT/CASE.DIGEST: of its quick tests, or, with '.full'
# behind it, of those that take long. Which there are, and which are to be had still. Sourced by lab/score.
#
# shellcheck disable=SC2153

TAKES_LONG='# SKIP takes long: ./run.sh --full'

# BINARIES: the digest of each case's code, for it alone decides what is said. WORK/tests: case, test, requirements.
read_cases()
{
	local name

	declare -gA BINARIES=()
	for name in $(cut -f 1 build/tests.tsv | uniq); do
		strip -o "$WORK/code" "cases/$name" || die "cases/$name: not built"
		BINARIES[$name]=$(sha256sum <"$WORK/code" | cut -c 1-12)
		"cases/$name" --list | sed "s/^/$name\t/"
	done >"$WORK/tests"
}

# LONG: the cases that have tests that take long, and what selects these, as the unchanged kernel's cells tell.
find_long()
{
	local name which

	declare -gA LONG=()
	for name in "${!BINARIES[@]}"; do
		which=$(sed -n "s/^ *ok [0-9]* \(.*\) $TAKES_LONG.*/ -r \1/p" \
			"$CELLS/none/$name.${BINARIES[$name]}" 2>/dev/null | tr -d '\n')
		[[ ! $which ]] || LONG[$name]=$which
	done
}

# begin_pass PASS: DIGESTS: of its cases, as in their cells' names.
begin_pass()
{
	local name

	PASS=$1
	declare -gA DIGESTS=()
	for name in "${!BINARIES[@]}"; do
		[[ $PASS == quick ]] || [[ ${LONG[$name]-} ]] || continue
		DIGESTS[$name]=${BINARIES[$name]}
		[[ $PASS == quick ]] || DIGESTS[$name]+=.full
	done
}

cell()
{
	echo "$CELLS/$1/$2.${DIGESTS[$2]}"
}

# kept MUTANT: its cells, of today's cases and this pass.
kept()
{
	local name

	for name in "${!DIGESTS[@]}"; do
		[[ ! -e $(cell "$1" "$name") ]] || cell "$1" "$name"
	done | LC_ALL=C sort
}

# kept_of_all MUTANT: those of both passes.
kept_of_all()
{
	local name file

	for name in "${!BINARIES[@]}"; do
		for file in "$CELLS/$1/$name.${BINARIES[$name]}"{,.full}; do
			[[ ! -e $file ]] || echo "$file"
		done
	done | LC_ALL=C sort
}

# complete CELL: one that was cut short for it had shown enough does only for who asks no more.
complete()
{
	[[ -e $1 ]] || return
	[[ ! $ALL ]] || ! grep -q '^not ok [0-9]* [a-z_]* # enough was seen' "$1"
}

# ORDER: the cases as they are to be run on each mutant. What noticed it last time is remembered over kernels and binaries.
order_cases()
{
	local mutant name

	for name in "${!DIGESTS[@]}"; do
		printf '%s\t%s\n' "$name" "$(seconds "$(cell none "$name")")"
	done >"$WORK/costs"
	for mutant in "${!IN_KERNEL[@]}"; do
		printf '%s\t%s\n' "$mutant" "$(field 4 "$mutant")"
	done >"$WORK/mutants"
	[[ -e $CACHE/lab/killers ]] || : >"$CACHE/lab/killers"
	declare -gA ORDER=()
	while read -r mutant _ name; do
		ORDER[$mutant]+=" $name"
	done < <(awk -F '\t' -f lab/score-order.awk kind=killers "$CACHE/lab/killers" kind=tests "$WORK/tests" \
		kind=costs "$WORK/costs" kind=mutants "$WORK/mutants" | LC_ALL=C sort)
}

# remember_killers TSV: who noticed whom, for the next run's order.
remember_killers()
{
	[[ -e $CACHE/lab/killers ]] || : >"$CACHE/lab/killers"
	awk -F '\t' 'FNR == NR { if ($2 == "killed") { sub(/:.*/, "", $7); print $1 "\t" $7; now[$1] }; next } !($1 in now)' \
		"$1" "$CACHE/lab/killers" >"$WORK/killers" && cp "$WORK/killers" "$CACHE/lab/killers"
}

# missing MUTANT: the cases that are still to be run on it, in order.
missing()
{
	local name

	for name in ${ORDER[$1]-"${!DIGESTS[@]}"}; do
		[[ ! ${DIGESTS[$name]-} ]] || complete "$(cell "$1" "$name")" || echo "$name"
	done
}
