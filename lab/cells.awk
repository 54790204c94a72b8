# SPDX-License-Identifier: GPL-2.0
#
# Splits what a guest said that ran several mutants into cells, one a mutant and case: FOLDER/MUTANT/CASE. A guest's
# death belongs to the cell in which it happened. Writes as well FOLDER/header, the stream's first lines; FOLDER/cells,
# 'MUTANT CASE' a line for each cell that is complete; FOLDER/death, the same for the one that ended the guest.
# Lines '# at SECONDS' tell the time; each cell ends with '# seconds S'.
#
# usage: awk -v knob=FILE -v folder=FOLDER -f lab/cells.awk STREAM

function end_cell()
{
	printf "# seconds %.3f\n", now - began >>file
	close(file)
	print mutant, name >>(folder "/cells")
	open = 0
}
BEGIN { in_header = 1 }
/^# at / { now = $3; next }
$1 == "#" && $2 == "set" && $3 == knob {
	in_header = 0
	mutant = $4 == "" ? "none" : $4
	system("mkdir -p '" folder "/" mutant "'")
	next
}
/^# case / {
	name = $3
	began = now
	file = folder "/" mutant "/" name
	open = 1
}
/^# guest / && name {
	print mutant, name >(folder "/death")
	open = 1
}
open { print >>file }
in_header && !/^1\.\./ { print >(folder "/header") }
open && (/^(not )?ok [0-9]+ / || /^Bail out!/) { end_cell() }
