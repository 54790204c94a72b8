# SPDX-License-Identifier: GPL-2.0
#
# What failed in cells of lab/peers and isn't known to: 'group test' lines, tab-separated, in the cells' order. A group
# that ended without a failed test, for an error or a time-out, gives its last error or how it ended; a guest that died,
# 'the guest: ...'.
#
# usage: awk -v known=FILE -f lab/peers-known.awk -f lab/peers-failures.awk CELL...

function failed(test)
{
	seen = 1
	if (!is_known(group, test))
		print group "\t" test
}
FNR == 1 { group = FILENAME; sub(/.*\//, "", group); seen = 0; error = "" }
/^  # ERROR: / { error = substr($0, 5) }
/^  not ok / { failed(test_of($0)) }
/^not ok / && !seen { sub(/^not ok [0-9]+ [^ ]+ # /, ""); failed(error == "" ? $0 : error) }
/^# guest / { failed("the guest: " substr($0, 9)) }
