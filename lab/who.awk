# SPDX-License-Identifier: GPL-2.0
#
# See lab/who. A variant is called BACKING_WRITER; where the writer isn't named it is /proc/PID/mem's.

# What a test that holds means for the table, and one that doesn't.
BEGIN {
	holds["sync"] = "waits, one event"
	holds["forced"] = "refused, an error"
	holds["async"] = holds["forced_async"] = "reported"
	fails["pinned"] = fails["file"] = "**not seen**"
	holds["pinned"] = holds["file"] = "seen"
	mode_of["forced"] = "sync"
	mode_of["forced_async"] = "async"
}

/^# kernel / { kernels = kernels (kernels == "" ? "" : ", ") $3 }

function note(writer, mode, what, backing)
{
	if (!(writer in order)) {
		order[writer] = ++writers
		name[writers] = writer
	}
	if (!((writer, mode) in cell))
		cell[writer, mode] = what
	else if (index(cell[writer, mode], what) == 0)
		cell[writer, mode] = cell[writer, mode] "; or " what
	if (backing != "" && index(" " on[writer] " ", " " backing " ") == 0)
		on[writer] = on[writer] (on[writer] == "" ? "" : " ") backing
}

function split_variant(text)
{
	sub(/^writable_/, "", text)
	backing = text
	sub(/_.*/, "", backing)
	writer = index(text, "_") ? substr(text, index(text, "_") + 1) : "proc_mem"
}

/^  (not )?ok / && !/# SKIP/ {
	good = $1 == "ok"
	parts = split($(good ? 3 : 4), full, ".")
	fixture = full[1]
	if (parts != 3)
		next
	if (fixture == "owner") {
		if (good)
			note("robust_futex", full[2], full[2] == "sync" ? "left out, nobody is told" : "reported", "base")
	} else if (fixture == "pinned" || fixture == "file") {
		mode = backing = full[2]
		sub(/_.*/, "", mode)
		sub(/^[^_]*_/, "", backing)
		note(fixture == "file" ? "write(2) into the mapped file" : "io_uring, registered before", mode,
		     good ? holds[fixture] : fails[fixture], fixture == "file" ? "shmem" : backing)
	} else if (fixture in holds) {
		split_variant(full[2])
		mode = fixture in mode_of ? mode_of[fixture] : fixture
		what = good ? holds[fixture] : "**fails**"
		if (writer == "clear_tid" && fixture == "forced" && good)
			what = "left out, nobody is told"
		note(writer, mode, what, backing)
	}
}

END {
	print "Seen on " kernels ".\n"
	print "| writer | sync | async | on |"
	print "|---|---|---|---|"
	for (i = 1; i <= writers; i++)
		printf("| %s | %s | %s | %s |\n", name[i], cell[name[i], "sync"], cell[name[i], "async"], on[name[i]])
}
