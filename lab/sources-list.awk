# SPDX-License-Identifier: GPL-2.0
# One-line entries of apt: 'deb [options] URI suite component...' -> URI, keyring or -, suite.
/^[ \t]*deb[ \t]/ {
	key = "-"
	if (match($0, /\[[^]]*\]/)) {
		options = substr($0, RSTART + 1, RLENGTH - 2)
		$0 = substr($0, 1, RSTART - 1) substr($0, RSTART + RLENGTH)
		if (match(options, /signed-by=[^ \t]+/))
			key = substr(options, RSTART + 10, RLENGTH - 10)
	}
	for (i = 4; i <= NF; i++) {
		if ($i == "main")
			print $2 "\t" key "\t" $3
	}
}
