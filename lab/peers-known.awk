# SPDX-License-Identifier: GPL-2.0
#
# Is a test's failure known? FILE holds 'group test' lines, tab-separated. Figures that a test prints with its name differ
# from run to run, so they count as equal.
#
# usage: awk -v known=FILE -f lab/peers-known.awk -f OTHER.awk

function plain(text)
{
	gsub(/[0-9.]+/, "N", text)
	return text
}
function is_known(group, test)
{
	return plain(group "\t" test) in known_failures
}
# What a failed test's line says without its number.
function test_of(line)
{
	sub(/^ *not ok [0-9]+ (- )?/, "", line)
	return line
}
BEGIN {
	while ((getline line <known) > 0)
		known_failures[plain(line)]
}
