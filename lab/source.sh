# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# The kernel's source in the cache, from the distribution's newest linux-source package:
#   source/NAME_VERSION/{selftests,scripts,kunit}	what the build and the lint need, a few files
#   src/NAME		the whole tree, on demand
# The links $CACHE/selftests, scripts and kunit lead to the newest. Sourced after common.sh and apt.sh.

find_source()
{
	apt_versions '^linux-source-[0-9.]+$' | newest_version
}

# Members of the source's archive that are unpacked always. The selftests' folder is laid out as in the tree.
source_members()
{
	local top=$1 tests=$1/tools/testing/selftests

	printf '%s\n' "$tests/kselftest_harness.h" "$tests/kselftest.h" "$tests/lib.mk" "$tests/Makefile" \
		"$tests/run_kselftest.sh" "$tests/kselftest_install.sh" "$tests/gen_kselftest_tar.sh" \
		"$tests/kselftest_deps.sh" "$tests/kselftest" "$top/tools/testing/kunit" \
		"$top/scripts/checkpatch.pl" "$top/scripts/spelling.txt" "$top/scripts/const_structs.checkpatch"
}

# unpack_source DEB NAME TO MEMBERS...: without members, everything.
unpack_source()
{
	local deb=$1 name=$2 to=$3

	shift 3
	dpkg-deb --fsys-tarfile "$deb" | tar -xO "./usr/src/$name.tar.xz" | xz -dc -T0 | tar -x -C "$to" "$@"
}

# Leaves the package in the cache, for the whole tree is often the next wish. Prints its path.
download_source()
{
	local version=$1 name=$2 part file

	mkdir -p "$CACHE/src" 2>/dev/null || die "$CACHE: cannot be written (UFFD_CACHE names another place)"
	file=$CACHE/src/${name}_${version#*:}.deb
	if [[ ! -s $file ]]; then
		make_folder "$CACHE/src/.part.XXXXXX"
		part=$MADE
		apt_download "$part" "$name=$version" ||
			die "$name cannot be fetched: $(grep -m 1 '^E:' "$APT_STATE/log" | cut -c 1-120)"
		mv "$part"/*.deb "$file"
	fi
	SOURCE_DEB=$file
}

link_parts()
{
	local folder=$1 part

	for part in selftests scripts kunit; do
		# A folder put there by hand is in the way of the link.
		[[ -L $CACHE/$part ]] || rm -rf "${CACHE:?}/$part"
		ln -sfn "source/${folder##*/}/$part" "$CACHE/$part"
	done
}

# fetch_source: prints the folder.
fetch_source()
{
	local version name folder part
	local -a members

	read -r version name _ < <(find_source)
	[[ ${name-} ]] || die "Debian has no linux-source package here"
	folder=$CACHE/source/${name}_${version#*:}
	if [[ ! -d $folder ]]; then
		download_source "$version" "$name"
		mkdir -p "$CACHE/source"
		make_folder "$CACHE/source/.part.XXXXXX"
		part=$MADE
		mkdir "$part/new"
		say "unpacking the harness and the tools of $name"
		mapfile -t members < <(source_members "$name")
		unpack_source "$SOURCE_DEB" "$name" "$part" "${members[@]}" || die "$name: cannot be unpacked: disk full?"
		mv "$part/$name"/tools/testing/{selftests,kunit} "$part/$name/scripts" "$part/new/"
		mv -T "$part/new" "$folder" || die "$folder: cannot be written"
	fi
	link_parts "$folder"
	echo "$folder"
}

# fetch_tree: prints the folder of the whole source.
fetch_tree()
{
	local version name folder part

	read -r version name _ < <(find_source)
	[[ ${name-} ]] || die "Debian has no linux-source package here"
	folder=$CACHE/src/$name
	if [[ $(cat "$folder/.version" 2>/dev/null) != "$version" ]]; then
		download_source "$version" "$name"
		make_folder "$CACHE/src/.part.XXXXXX"
		part=$MADE
		say "unpacking all of $name"
		unpack_source "$SOURCE_DEB" "$name" "$part" || die "$name: cannot be unpacked: disk full?"
		echo "$version" >"$part/$name/.version"
		rm -rf "$folder"
		mv -T "$part/$name" "$folder" || die "$folder: cannot be written"
	fi
	echo "$folder"
}
