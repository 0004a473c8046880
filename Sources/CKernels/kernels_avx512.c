#if defined(__x86_64__)
#define LANES 16
#define HAS_FMA 1
#define HAS_F16C 1
#define CK_SET avx512
#include "system.h"
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,f16c"))), apply_to = function)
#include "bodies.h"
#pragma clang attribute pop
#endif
