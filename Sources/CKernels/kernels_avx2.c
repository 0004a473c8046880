#if defined(__x86_64__)
#define LANES 8
#define HAS_FMA 1
#define HAS_F16C 1
#define CK_SET avx2
#include "system.h"
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
#include "bodies.h"
#pragma clang attribute pop
#endif
