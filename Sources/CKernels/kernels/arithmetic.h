/* Sums, differences and products, element by element. */
#pragma once

typedef enum { CK_ADD, CK_SUBTRACT, CK_MULTIPLY } ck_arithmetic_operation;

/*
 * out[r] = a[r] op b[r] (+ what is there when accumulate); with b_stride 0 every row meets the one row of b.
 * Unit = (row, column block).
 */
typedef struct {
  const float *a;
  const float *b;
  float *out;
  long width;
  long b_stride;
  ck_arithmetic_operation operation;
  int32_t accumulate;
} ck_arithmetic_args;
CK_KERNEL(arithmetic, ck_arithmetic_args)

#ifdef CK_BODIES

INLINE void arithmetic_as(const ck_arithmetic_args *a, long begin, long end, ck_arithmetic_operation operation) {
  for (long u = begin; u < end; u++) {
    CUT(u, a->width);
    const long at = row * a->width;
    const float *b = a->b + row * a->b_stride;
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      vfloat x = load_some(a->a + at + j, n), y = load_some(b + j, n);
      vfloat z = operation == CK_ADD ? x + y : operation == CK_SUBTRACT ? x - y : x * y;
      store_some(a->out + at + j, a->accumulate ? z + load_some(a->out + at + j, n) : z, n);
    }
  }
}

KERNEL(arithmetic) {
  const ck_arithmetic_args *a = arguments;
  switch (a->operation) {
    case CK_ADD: arithmetic_as(a, begin, end, CK_ADD); break;
    case CK_SUBTRACT: arithmetic_as(a, begin, end, CK_SUBTRACT); break;
    case CK_MULTIPLY: arithmetic_as(a, begin, end, CK_MULTIPLY); break;
  }
}

#endif
