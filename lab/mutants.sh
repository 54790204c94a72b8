# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Which mutants there are, and how a guest is told. What lab/score and lab/peers share; sourced by them.
#
# shellcheck disable=SC2034,SC2153

KNOB=/sys/kernel/debug/mutant

# MUTANTS: the lines of lab/mutants/list that are asked for, by name.
choose_mutants()
{
	local glob name rest

	declare -gA MUTANTS=()
	for glob in "${GLOBS[@]:-*}"; do
		while IFS=$'\t' read -r name rest; do
			MUTANTS[$name]=$rest
		done < <(lab/mutants/list "$glob")
	done
	((${#MUTANTS[@]})) || die "no mutant's name matches: lab/mutants/list"
	[[ ! ${SHARD-} ]] || keep_shard
}

# keep_shard: of SHARD, I/N, every N-th by name.
keep_shard()
{
	local name at=0

	while read -r name; do
		((at++ % ${SHARD#*/} == ${SHARD%/*} - 1)) || unset "MUTANTS[$name]"
	done < <(printf '%s\n' "${!MUTANTS[@]}" | LC_ALL=C sort)
	((${#MUTANTS[@]})) || die "--shard $SHARD: no mutant is left for it"
}

# field N MUTANT: of its line, the name left out: 1 own or shared, 4 requirements, 5 the mistake, 6 why nobody can see it or -.
field()
{
	cut -f "$1" <<<"${MUTANTS[$2]-}"
}

# IN_KERNEL: those that this one was built with. One name may be kept as the end of another's.
find_in_kernel()
{
	local at text

	declare -gA IN_KERNEL=()
	while read -r text; do
		for ((at = 0; at < ${#text}; at++)); do
			[[ ! ${MUTANTS[${text:at}]-} ]] || IN_KERNEL[${text:at}]=yes
		done
	done < <(strings "$KERNEL/vmlinux" | grep -x '[a-z0-9]*-[a-z0-9-]*')
}

# stamp: its input, and when what began or ended.
stamp()
{
	local line

	while IFS= read -r line; do
		[[ $line != '# case '* && $line != ok\ * && $line != not\ ok\ * ]] || echo "# at $EPOCHREALTIME"
		printf '%s\n' "$line" || return
	done
}
