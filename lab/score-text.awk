# SPDX-License-Identifier: GPL-2.0
# score.tsv as text.

/^#/ { next }
{
	total += $2 != "equivalent"
	count[$2]++
	all++
	time += $5
	line[$2] = line[$2] sprintf("  %-30s %s\n", $1, $2 == "killed" ? $3 " (" $7 ")" : $8)
	if ($2 == "misnamed" || $2 == "exposed")
		line[$2] = line[$2] sprintf("  %-30s violated: %s (%s)\n", "", $4, $7)
}
function section(outcome, title)
{
	if (count[outcome])
		printf "%s: %d\n%s\n", title, count[outcome], line[outcome]
}
END {
	section("killed", "killed by a requirement that the rule names")
	section("misnamed", "noticed, but by no requirement that the rule names")
	section("missing", "not run to the end")
	section("survived", "survived")
	section("exposed", "not equivalent though the rule says so")
	section("equivalent", "equivalent, not counted: user space can't see them")
	printf "SCORE %d of %d mutants killed (%.1f %%), %d misnamed, %d survived, %d missing; ", count["killed"], total,
		100 * count["killed"] / total, count["misnamed"], count["survived"], count["missing"]
	printf "%d equivalent; %d s in all, %.1f s a mutant, %.1f s of it in its guest\n", count["equivalent"], elapsed,
		elapsed / all, time / all
}
