# SPDX-License-Identifier: GPL-2.0
# score.tsv as text.

/^#/ { next }
{
	total++
	count[$2]++
	time += $5
	line[$2] = line[$2] sprintf("  %-30s %s\n", $1, $2 == "killed" ? $3 " (" $7 ")" : $8)
	if ($2 == "misnamed")
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
	printf "SCORE %d of %d mutants killed (%.1f %%), %d misnamed, %d survived, %d missing; ", count["killed"], total,
		100 * count["killed"] / total, count["misnamed"], count["survived"], count["missing"]
	printf "%.1f s a mutant in the guest, %d s in all\n", time / total, elapsed
}
