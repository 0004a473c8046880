/* A row added to every row. */
#pragma once

/* rows[r] += bias, unit = row. */
typedef struct {
  float *rows;
  const float *bias;
  long width;
} ck_add_bias_args;
CK_KERNEL(add_bias, ck_add_bias_args)

#ifdef CK_BODIES

KERNEL(add_bias) {
  const ck_add_bias_args *a = arguments;
  for (long row = begin; row < end; row++) {
    float *target = a->rows + row * a->width;
    for (long j = 0; j < a->width; j += LANES) {
      long n = a->width - j;
      store_some(target + j, load_some(target + j, n) + load_some(a->bias + j, n), n);
    }
  }
}

#endif
