/* Multiples of flat arrays. */
#pragma once

/* y = a x + b y over a flat array; b = 0 does not read y. Unit = flat block. */
typedef struct {
  const float *x;
  float *y;
  float a;
  float b;
  long count;
} ck_scale_add_args;
CK_KERNEL(scale_add, ck_scale_add_args)

#ifdef CK_BODIES

KERNEL(scale_add) {
  const ck_scale_add_args *a = arguments;
  const vfloat factor = splat(a->a), old = splat(a->b);
  for (long block = begin; block < end; block++) {
    const long from = block * CK_FLAT_BLOCK, to = from + CK_FLAT_BLOCK < a->count ? from + CK_FLAT_BLOCK : a->count;
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      vfloat y = load_some(a->x + j, n) * factor;
      if (a->b != 0) y = fma_(load_some(a->y + j, n), old, y);
      store_some(a->y + j, y, n);
    }
  }
}

#endif
