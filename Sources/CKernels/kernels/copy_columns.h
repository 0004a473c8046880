/* Blocks of columns, in and out of wider rows. */
#pragma once

/*
 * out[r][0 ..< width] = in[r] (+ what is there when accumulate); rows are in_stride and out_stride apart. Unit = row.
 */
typedef struct {
  const float *in;
  float *out;
  long width;
  long in_stride;
  long out_stride;
  int32_t accumulate;
} ck_copy_columns_args;
CK_KERNEL(copy_columns, ck_copy_columns_args)

#ifdef CK_BODIES

KERNEL(copy_columns) {
  const ck_copy_columns_args *a = arguments;
  for (long row = begin; row < end; row++) {
    const float *in = a->in + row * a->in_stride;
    float *out = a->out + row * a->out_stride;
    for (long j = 0; j < a->width; j += LANES) {
      long n = a->width - j;
      vfloat x = load_some(in + j, n);
      store_some(out + j, a->accumulate ? x + load_some(out + j, n) : x, n);
    }
  }
}

#endif
