/*
 * What bodies need of the system and of the package, read before the target attribute is pushed, so that it never covers
 * it. CK_KERNEL declares a body, KERNEL begins one.
 */

#define JOINED(a, b, c) a##b##_##c
#define NAMED(a, b, c) JOINED(a, b, c)
#define CK_KERNEL(name, arguments_type) void NAMED(ck_, name, CK_SET)(const void *arguments, long begin, long end);
#define KERNEL(name) void NAMED(ck_, name, CK_SET)(const void *arguments, long begin, long end)

#include "base.h"

#include <math.h>
#include <stddef.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif
