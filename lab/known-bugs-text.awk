# SPDX-License-Identifier: GPL-2.0
# recall.tsv as text: a bug has been noticed when it was wherever it is shown.

/^#/ { next }
{
	places++
	if (!($2 in titles)) {
		titles[$2]
		bugs++
	}
	if ($5 != "caught" || $8 != "silent")
		bad[$2]
	line = $1 == "-" ? $2 : $1 " " $2
	if (line != last)
		printf "%s (%s)\n", line, $3 == "-" ? "release unknown" : $3
	last = line
	printf "  %-38s %-7s %s\n", $4, $5, $6
	printf "  %-38s %s\n", $7, $8
}
END {
	for (title in bad)
		unnoticed++
	printf "RECALL %d of %d bugs of the past, shown %d times: noticed, and silent on the fixed kernel\n", bugs - unnoticed, bugs,
		places
}
