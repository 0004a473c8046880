/*
 * The bodies of all kernels over vectors of LANES floats, under the names of the instruction set CK_SET. The including
 * file has read `system.h` and set the compiler's target.
 */

#pragma clang fp contract(fast)

#define CK_BODIES

#include "vector.h"

#include "kernels.h"
