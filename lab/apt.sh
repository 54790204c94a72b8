# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Private apt state in the cache. Where packages come from is read off the machine's own apt configuration, with more of
# Debian's suites added; its signatures are checked with the machine's own keyring. The machine's files stay untouched.
# Sourced after common.sh and arch.sh.

APT_STATE=$CACHE/apt-$DEB_ARCH
APT_CONF=$APT_STATE/apt.conf
LISTS_AGE=$((24 * 60))		# minutes after which the lists are fetched anew
MAIN_SUITES="bookworm bookworm-updates bookworm-backports trixie trixie-updates trixie-backports sid"
SECURITY_SUITES="bookworm-security trixie-security"

apt_setting()
{
	apt-config shell X "$1" | sed -n "s/^X='\(.*\)'\$/\1/p"
}

# The machine's entries of both forms, one a line: URI, keyring (or -), suites. Lines of an inline key are joined by |.
machine_sources()
{
	local list parts

	list=$(apt_setting Dir::Etc::sourcelist/f) parts=$(apt_setting Dir::Etc::sourceparts/d)
	cat "$list" "$parts"/*.list 2>/dev/null | awk -f "$LAB/sources-list.awk"
	# A blank line between files, for stanzas end there.
	for list in "$parts"/*.sources; do
		[[ -r $list ]] && cat "$list" && echo
	done | awk -f "$LAB/sources-deb822.awk"
}

# An entry of the Debian archive: a suite of its names, signed by its keys or by any key that the machine trusts.
is_debian()
{
	[[ $2 == *debian-archive* || $2 == - || $2 == *'BEGIN PGP'* ]] || return 1
	[[ " $3 " =~ \ (bookworm|trixie|forky|sid|stable|testing|unstable|oldstable)[-/a-z]*\  ]]
}

print_stanza()
{
	local uri=$1 key=$2 suites=$3

	printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\n' "$uri" "$suites"
	[[ $key == - ]] || printf 'Signed-By: %s\n' "$key" | tr '|' '\n'
	echo
}

private_sources()
{
	local uri key suites

	machine_sources | sort -u | while IFS=$'\t' read -r uri key suites; do
		is_debian "$uri" "$key" "$suites" || continue
		if [[ $suites == *-security* || $suites == */updates* ]]; then
			print_stanza "$uri" "$key" "$SECURITY_SUITES"
		else
			print_stanza "$uri" "$key" "$MAIN_SUITES"
		fi
	done
}

# The machine's hooks would act on the machine's own caches: they are none of ours.
private_config()
{
	cat <<-END
	#clear APT::Update;
	#clear APT::Architectures;
	#clear DPkg::Post-Invoke;
	APT::Architectures { "$DEB_ARCH"; };
	APT::Sandbox::User "$(id -un)";
	APT::Get::List-Cleanup "true";
	Acquire::Languages "none";
	Acquire::Retries "2";
	Acquire::http::Timeout "30";
	Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
	Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled "false";
	Dir::State::lists "$APT_STATE/lists";
	Dir::Cache "$APT_STATE/cache";
	Dir::Cache::pkgcache "pkgcache.bin";
	Dir::Cache::srcpkgcache "srcpkgcache.bin";
	Dir::Etc::sourcelist "/dev/null";
	Dir::Etc::sourceparts "$APT_STATE/parts";
	Dir::Etc::preferences "/dev/null";
	Dir::Etc::preferencesparts "$APT_STATE/none";
	END
}

have_lists()
{
	compgen -G "$APT_STATE/lists/*_Packages*" >/dev/null
}

# Which suites a mirror has is its own affair: apt complains of the others, and one that was read is enough.
refresh_lists()
{
	[[ -n $(find "$APT_STATE/stamp" -mmin "-$LISTS_AGE" 2>/dev/null) ]] && return 0
	mkdir -p "$APT_STATE"/{lists/partial,cache/archives/partial,parts,none} 2>/dev/null ||
		die "$CACHE: cannot be written (UFFD_CACHE names another place)"
	private_config >"$APT_CONF"
	private_sources >"$APT_STATE/parts/debian.sources"
	[[ -s $APT_STATE/parts/debian.sources ]] || die "no Debian archive in the machine's apt sources: add one, or use -k FILE"
	say "fetching the lists of Debian's packages"
	apt-get -qq -c "$APT_CONF" update >"$APT_STATE/log" 2>&1
	if grep -q 'Temporary failure resolving\|Could not connect\|Unable to connect\|Could not resolve' "$APT_STATE/log"; then
		have_lists || die "no network and no package lists in the cache: $(grep -m 1 '^[EW]:' "$APT_STATE/log" | cut -c 1-120)"
		say "no network: using the cache's package lists"
		return 0
	fi
	have_lists || die "apt-get update got nothing: $(grep -m 1 '^[EW]:' "$APT_STATE/log" | cut -c 1-120)"
	touch "$APT_STATE/stamp"
}

# apt_versions REGEX: 'version name dependencies...' of each package whose name matches.
apt_versions()
{
	apt-cache -c "$APT_CONF" pkgnames linux- | grep -E "$1" |
		xargs -r apt-cache -c "$APT_CONF" show |
		awk '/^Package: /{p = $2} /^Version: /{v = $2} /^Depends: /{d = $0; sub(/^Depends: /, "", d); gsub(/\([^)]*\)|,/, "", d)}
		     /^$/{if (p) print v, p, d; p = v = d = ""} END{if (p) print v, p, d}' | sort -u
}

# newest_version: of lines that begin with a version, the newest.
newest_version()
{
	local best='' best_line='' version rest

	while read -r version rest; do
		if [[ ! $best ]] || dpkg --compare-versions "$version" gt "$best"; then
			best=$version best_line="$version $rest"
		fi
	done
	[[ $best ]] && echo "$best_line"
}

# apt_download FOLDER PACKAGE=VERSION...
apt_download()
{
	local folder=$1

	shift
	say "fetching ${*%%=*}"
	(cd "$folder" && apt-get -qq -c "$APT_CONF" download "$@") >"$APT_STATE/log" 2>&1
}
