# SPDX-License-Identifier: GPL-2.0
# expected/requirements.tsv to the list that common/requirement.h includes.
BEGIN { FS = "\t" }
/^#/ || /^$/ { next }
{ name = $1; gsub("-", "_", name); printf "REQUIREMENT(%s, \"%s\")\n", name, $1 }
