# SPDX-License-Identifier: GPL-2.0
# The headers of lab/mutants/*.cocci as a table: see lab/mutants/list.

function flush()
{
	if (name != "")
		print name "\t" boot "\t" kind "\t" file "\t" ids "\t" mistake "\t" equivalent
}
FNR == 1 { flush(); name = ""; boot = "shared"; equivalent = "-" }
!/^\/\// { next }
{
	key = $2
	value = $0
	sub(/^\/\/ [a-z-]*: */, "", value)
}
key == "mutant:" { name = value }
key == "boot:" { boot = value }
key == "kind:" { kind = value }
key == "file:" { file = value }
key == "caught-by:" { ids = value }
key == "equivalent:" { equivalent = value }
key == "mistake:" { mistake = value }
END { flush() }
