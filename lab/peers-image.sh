# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# The kernel's own selftests in a guest: in which groups they run, and an image with them. Sourced after common.sh; PEERS is
# the folder that lab/peers-build prints.

PEERS_BIN=peers/bin
# COMMAND: what starts each group.
declare -A COMMAND=(
	[pagemap-ioctl]="$PEERS_BIN/pagemap_ioctl"
	[wp-mremap]="$PEERS_BIN/uffd-wp-mremap"
	[api]="-n 2 $PEERS_BIN/uffd-unit-tests"
)

find_groups()
{
	local name

	while read -r name; do
		COMMAND[$name]="$PEERS_BIN/uffd-unit-tests -f =$name"
	done < <("$PEERS/uffd-unit-tests" -l)
}

# add_peers IMAGE: a group's name is a link to the program that starts it.
add_peers()
{
	local name

	make_folder "$WORK/peers.XXXXXX"
	mkdir -p "$MADE/$PEERS_BIN"
	cp "$PEERS"/{uffd-unit-tests,uffd-wp-mremap,pagemap_ioctl} "$MADE/$PEERS_BIN/" || die "$PEERS: no selftests"
	strip -o "$MADE/$PEERS_BIN/peer" build/peer || die "build/peer: not built"
	for name in "${!COMMAND[@]}"; do
		ln -s bin/peer "$MADE/peers/$name"
	done
	(cd "$MADE" && find . | cpio -o -H newc --quiet) >>"$1"
}

# lay_plan IMAGE FOLDER: the image, and over it the folder's plan, on standard output.
lay_plan()
{
	cat "$1"
	(cd "$2" && echo plan | cpio -o -H newc --quiet)
}
