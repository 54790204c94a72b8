/* SPDX-License-Identifier: GPL-2.0 */
/*
 * compiler - what the kernel's C has and the C library hasn't. Guarded: the test harness brings some of it too.
 */
#ifndef UFFD_COMPILER_H
#define UFFD_COMPILER_H

#ifndef ARRAY_SIZE
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#endif

#ifndef __maybe_unused
#define __maybe_unused __attribute__((__unused__))
#endif

#ifndef __used
#define __used __attribute__((__used__))
#endif

#ifndef __section
#define __section(name) __attribute__((__section__(name)))
#endif

#ifndef __printf
#define __printf(format, first) __attribute__((__format__(printf, format, first)))
#endif

/* One access that the compiler neither drops, repeats, nor splits. */
#define READ_ONCE(at) __atomic_load_n(&(at), __ATOMIC_RELAXED)
#define WRITE_ONCE(at, value) __atomic_store_n(&(at), value, __ATOMIC_RELAXED)

#endif /* UFFD_COMPILER_H */
