# SPDX-License-Identifier: GPL-2.0
#
# peers.tsv as text; with lab/score's score.tsv as a second file, who noticed what.

function section(outcome, title)
{
	if (count[outcome])
		printf "%s: %d\n%s\n", title, count[outcome], line[outcome]
}
function percent(n)
{
	return sprintf("%d of %d (%.1f %%)", n, total, total ? 100 * n / total : 0)
}
/^#/ { next }
FNR == NR {
	total++
	count[$2]++
	time += $5
	outcome[$1] = $2
	line[$2] = line[$2] sprintf("  %-30s %s\n", $1, $2 == "killed" || $2 == "died" ? $3 ": " $4 : $6)
	next
}
$1 in outcome {
	beside++
	ours = $2 == "killed" || $2 == "misnamed"
	theirs = outcome[$1] == "killed" || outcome[$1] == "died"
	both += ours && theirs
	only_ours += ours && !theirs
	only_theirs += theirs && !ours
	if (theirs && !ours)
		names = names " " $1
}
END {
	section("killed", "killed: a selftest fails that passes on the unchanged kernel")
	section("died", "the guest died, no selftest failed before")
	section("missing", "not run to the end")
	section("survived", "survived")
	if (left_out != "")
		print "not run, for they fail on the unchanged kernel: " left_out
	if (beside)
		printf "BESIDE of %d mutants both notice %d, only this suite %d, only the selftests %d%s\n", beside, both,
			only_ours, only_theirs, names == "" ? "" : ":" names
	printf "PEERS SCORE %s mutants killed, %d more by the guest's death, %d survived, %d missing; ", percent(count["killed"]),
		count["died"], count["survived"], count["missing"]
	printf "%.1f s a mutant in the guest, %d s in all\n", total ? time / total : 0, elapsed
}
