/* Headers that the kernel bodies use; read before the target attribute is pushed, so that it never covers them. */
#include "kernel_table.h"

#include <math.h>
#include <stddef.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif
