# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# What the host must have, and how it gets it. Sourced after common.sh and arch.sh.
#
# shellcheck disable=SC2034

# What is looked for, and the package that brings it: a command, or a file that the compiler or linker must find.
BUILD_NEEDS=(
	"gcc gcc"
	"make make"
	"strip binutils"
	"libc.a libc6-dev"
	"liburing.a liburing-dev"
	"jansson.h libjansson-dev"
)
GUEST_NEEDS=(
	"$QEMU $QEMU_PACKAGE"
	"cpio cpio"
	"strip binutils"
	"xz xz-utils"
	"dpkg-deb dpkg"
	"setpriv util-linux"
	"flock util-linux"
)
[[ ! $CROSS ]] || GUEST_NEEDS+=(
	"${CROSS}gcc gcc-${CROSS%-}"
	"/usr/${CROSS%-}/lib/libc.a libc6-dev-$DEB_ARCH-cross"
)
# The formats that others read.
FORMAT_NEEDS=(
	"xml2-config libxml2-dev"
)
# A kernel's build.
LAB_NEEDS=(
	"gcc gcc"
	"make make"
	"flex flex"
	"bison bison"
	"bc bc"
	"gelf.h libelf-dev"
	"spatch coccinelle"
)

have()
{
	case $1 in
	*.a) [[ $(gcc -print-file-name="$1" 2>/dev/null) == /* ]] ;;
	*.h) echo "#include <$1>" | gcc -E -x c - >/dev/null 2>&1 ;;
	/*) [[ -e $1 ]] ;;
	*) command -v "$1" >/dev/null ;;
	esac
}

# missing_packages NEED...: each once.
missing_packages()
{
	local need

	for need in "$@"; do
		have "${need% *}" || echo "${need#* }"
	done | sort -u
}

# install_packages LOG PACKAGE...: missing package lists make 'no such package' out of everything: fetch them, try again.
install_packages()
{
	local log=$1

	shift
	say "installing $*"
	export DEBIAN_FRONTEND=noninteractive
	apt-get -qq install -y --no-install-recommends "$@" >"$log" 2>&1 </dev/null && return
	apt-get -qq update >>"$log" 2>&1 </dev/null
	apt-get -qq install -y --no-install-recommends "$@" >>"$log" 2>&1 </dev/null && return
	return 1
}

# require NEED...: installs what is missing where it may, else says the one command to type.
require()
{
	local -a packages
	local why=''

	mapfile -t packages < <(missing_packages "$@")
	((${#packages[@]})) || return 0
	if ((EUID == 0)) && command -v apt-get >/dev/null; then
		install_packages "$WORK/install" "${packages[@]}" || why=" ($(grep -m 1 '^E:' "$WORK/install"))"
		mapfile -t packages < <(missing_packages "$@")
		((${#packages[@]})) || return 0
	fi
	die "missing, and not installed$why: as root, type: apt-get install ${packages[*]}"
}
