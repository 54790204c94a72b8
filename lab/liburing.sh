# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# What the cross build of the guests' programs links with: liburing from Debian's package for their architecture, unpacked in the
# cache. Sourced after common.sh, arch.sh and apt.sh.

# The release's own, not the newest: that may want a newer libc than the cross compiler has.
find_liburing()
{
	apt-cache -c "$APT_CONF" madison "liburing-dev:$DEB_ARCH" | awk -F ' *[|] *' '{ print $2 }' | sort -V | head -n 1
}

# unpack_liburing: into SYSROOT; made whole or not at all.
unpack_liburing()
{
	local version

	[[ ! -e $SYSROOT/usr/include/liburing.h ]] || return 0
	version=$(find_liburing)
	[[ $version ]] || die "Debian has no liburing-dev for $DEB_ARCH"
	mkdir -p "$CACHE/sysroot" 2>/dev/null || die "$CACHE: cannot be written (UFFD_CACHE names another place)"
	make_folder "$CACHE/sysroot/.part.XXXXXX"
	apt_download "$MADE" "liburing-dev:$DEB_ARCH=$version" ||
		die "liburing-dev for $DEB_ARCH cannot be fetched: $(grep -m 1 '^E:' "$APT_STATE/log" | cut -c 1-120)"
	dpkg-deb -x "$MADE"/*.deb "$MADE/tree" || die "$CACHE: cannot unpack liburing-dev: disk full?"
	mv -T "$MADE/tree" "$SYSROOT" 2>/dev/null || [[ -e $SYSROOT/usr/include/liburing.h ]] || die "$SYSROOT: cannot be written"
}
