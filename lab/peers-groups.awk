# SPDX-License-Identifier: GPL-2.0
#
# Which groups pass on the unchanged kernel: 'seconds group' lines. FILE gets the others, and how they ended.
#
# usage: awk -v left_out=FILE -f lab/peers-groups.awk CELL...

FNR == 1 { group = FILENAME; sub(/.*\//, "", group); how = "died" }
/^ok / { how = "" }
/^not ok / { how = $0; sub(/.* # /, "", how) }
/^# seconds / {
	if (how == "")
		print $3, group
	else
		printf "%s (%s after %.0f s)\n", group, how, $3 >>left_out
}
