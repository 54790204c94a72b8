# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# What differs between the guests' architectures. Sourced after common.sh; GUEST_ARCH in the environment names one (--arch).
#
# shellcheck disable=SC2034

export GUEST_ARCH=${GUEST_ARCH:-x86_64}

case $GUEST_ARCH in
x86_64)
	DEB_ARCH=amd64
	CROSS=
	BUILD=build
	QEMU=${QEMU:-qemu-system-x86_64}
	QEMU_PACKAGE=qemu-system-x86
	CONSOLE_PORT=ttyS0
	# Without the first two the kernel clears memory eight bytes a step instead of one, three times as fast when emulated;
	# without the third a walk of the page tables has four levels instead of five.
	MACHINE=(-cpu "max,-erms,-fsrm,-la57")
	KTAP_PORT=(-serial stdio)
	;;
arm64)
	DEB_ARCH=arm64
	CROSS=aarch64-linux-gnu-
	BUILD=build/arm64
	QEMU=${QEMU:-qemu-system-aarch64}
	QEMU_PACKAGE=qemu-system-arm
	CONSOLE_PORT=ttyAMA0
	# Pointer authentication by the architecture's own algorithm takes most of an emulated processor's time.
	MACHINE=(-machine "virt,gic-version=3" -cpu "max,pauth-impdef=on")
	# The board has one serial port of its own.
	KTAP_PORT=(-chardev "stdio,id=ktap" -device "pci-serial,chardev=ktap")
	;;
*) die "no architecture '$GUEST_ARCH': x86_64 or arm64" ;;
esac

SYSROOT=$CACHE/sysroot/$DEB_ARCH
