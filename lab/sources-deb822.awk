# SPDX-License-Identifier: GPL-2.0
# Stanzas of apt's .sources files -> URI, keyring or - (lines of an inline key joined by |), suites; a line a URI.
function flush_stanza(	i, n, uris)
{
	if (field["types"] ~ /(^| )deb( |$)/ && field["components"] ~ /(^| )main( |$)/ && field["enabled"] !~ /no/) {
		n = split(field["uris"], uris, " ")
		for (i = 1; i <= n; i++)
			print uris[i] "\t" (field["signed-by"] ? field["signed-by"] : "-") "\t" field["suites"]
	}
	delete field
	name = ""
}
/^#/ { next }
/^[ \t]*$/ { flush_stanza(); next }
/^[ \t]/ {
	if (name == "signed-by")
		field[name] = field[name] "|" $0
	else
		field[name] = field[name] " " $0
	next
}
{
	name = tolower(substr($0, 1, index($0, ":") - 1))
	value = substr($0, index($0, ":") + 1)
	gsub(/^[ \t]+|[ \t]+$/, "", value)
	gsub(/[ \t]+/, " ", value)
	field[name] = value
}
END { flush_stanza() }
