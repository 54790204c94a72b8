# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Debian's kernels, unpacked in the cache: kernels/RELEASE_VERSION/{vmlinuz,config,modules/list,modules/*.ko}.
# Sourced after common.sh and apt.sh. A folder is made whole or not at all.

KERNELS=$CACHE/kernels
CLOUD_IMAGE="^linux-image-[0-9][^ ]*-cloud-$DEB_ARCH(-unsigned)?\$"
# What a guest is given on its way: a block device whose pins can be reached from user space, and one to swap to (older ones
# compress by a module that they don't say they need).
MODULES=(ublk_drv lzo-rle zram)

# version_matches ASKED VERSION: 6.12 matches 6.12.117-1, 6.12.95 only itself, latest everything.
version_matches()
{
	local upstream=${2#*:}

	upstream=${upstream%-*}
	[[ $1 == latest || $upstream == "$1" || $upstream == "$1".* || $upstream == "$1"[~+]* ]]
}

# find_kernel ASKED: 'version package dependencies' of the newest that matches; a signed one before its unsigned twin.
find_kernel()
{
	local version package rest

	apt_versions "$CLOUD_IMAGE" | sort -k 2 | while read -r version package rest; do
		version_matches "$1" "$version" && echo "$version $package $rest"
	done | newest_version
}

# find_cached ASKED: the folder of the newest kernel in the cache that matches.
find_cached()
{
	local folder version

	for folder in "$KERNELS"/*-"$DEB_ARCH"_*; do
		version=${folder##*_}
		[[ -r $folder/vmlinuz ]] && version_matches "$1" "$version" && echo "$version $folder"
	done | newest_version | cut -d ' ' -f 2
}

# The modules that a module needs before itself, then itself; from its own 'depends', for packages bring no modules.dep.
unpack_module()
{
	local tree=$1 to=$2 name=$3 file needed

	[[ -e $to/$name.ko ]] && return 0
	file=$(find "$tree" -regex ".*/${name//[-_]/[-_]}\.ko\(\.xz\)?" | head -n 1)
	[[ $file ]] || return 0
	if [[ $file == *.xz ]]; then
		xz -dc "$file" >"$to/$name.ko"
	else
		cp "$file" "$to/$name.ko"
	fi || die "$to: cannot be written"
	while IFS= read -r needed; do
		unpack_module "$tree" "$to" "$needed"
	done < <(tr '\0' '\n' <"$to/$name.ko" | sed -n 's/^depends=//p' | tr ',' '\n' | grep .)
	echo "$name.ko" >>"$to/list"
}

# unpack_kernel DEBS TO
unpack_kernel()
{
	local debs=$1 to=$2 deb name

	mkdir -p "$debs/tree" "$to/modules"
	for deb in "$debs"/*.deb; do
		dpkg-deb -x "$deb" "$debs/tree" 2>/dev/null || die "$CACHE: cannot unpack ${deb##*/}: disk full?"
	done
	find "$debs/tree" \( -name 'vmlinuz*' -o -path '*/boot/vmlinuz-*' \) -type f -exec cp {} "$to/vmlinuz" \;
	find "$debs/tree" \( -path '*/boot/config-*' -o -path '*/modules/*/config' \) -type f -exec cp {} "$to/config" \;
	[[ -s $to/vmlinuz && -s $to/config ]] || die "no kernel image in ${debs##*/}: disk full?"
	: >"$to/modules/list"
	for name in "${MODULES[@]}"; do
		unpack_module "$debs/tree" "$to/modules" "$name"
	done
	echo "${MODULES[*]}" >"$to/modules/asked"
}

# download_kernel VERSION PACKAGE RELEASE DEPENDENCIES TO: since 6.19 an image is a bundle of packages of its release.
download_kernel()
{
	local version=$1 package=$2 release=$3 to=$5 name part
	local -a wanted=("$package=$version")

	for name in $4; do
		[[ $name == linux-*-"$release" ]] && wanted+=("$name=$version")
	done
	make_folder "$KERNELS/.part.XXXXXX"
	part=$MADE
	mkdir "$part/debs" "$part/kernel"
	apt_download "$part/debs" "${wanted[@]}" || return 1
	unpack_kernel "$part/debs" "$part/kernel"
	rm -rf "$to"
	mv -T "$part/kernel" "$to" || die "$to: cannot be written"
}

# is_whole FOLDER: was it made with the modules that are asked for now?
is_whole()
{
	[[ -r $1/vmlinuz && -r $1/modules/asked && $(<"$1/modules/asked") == "${MODULES[*]}" ]]
}

# fetch_kernel ASKED: prints the folder.
fetch_kernel()
{
	local version package dependencies release folder

	mkdir -p "$KERNELS" 2>/dev/null || die "$CACHE: cannot be written (UFFD_CACHE names another place)"
	read -r version package dependencies < <(find_kernel "$1")
	[[ ${package-} ]] || die "debian:$1: Debian has no such cloud kernel; lab/fetch versions lists them"
	release=${package#linux-image-}
	release=${release%-unsigned}
	folder=$KERNELS/${release}_${version#*:}
	if ! is_whole "$folder" && ! download_kernel "$version" "$package" "$release" "$dependencies" "$folder"; then
		folder=$(find_cached "$1")
		[[ $folder ]] || die "debian:$1: cannot be fetched: $(grep -m 1 '^E:' "$APT_STATE/log" | cut -c 1-120)"
		say "$package $version cannot be fetched: using ${folder##*/} of the cache"
	fi
	echo "$folder"
}

list_versions()
{
	apt_versions "$CLOUD_IMAGE" | cut -d ' ' -f 1 | sed 's/^[0-9]*://; s/-[^-]*$//; s/~bpo.*//' | sort -uV
}
