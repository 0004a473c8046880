/* Layer normalisation of rows. */
#pragma once

#include "sums.h"

/*
 * out[r] = (x[r] - mean[r]) * inverse[r] * gain + bias with inverse = 1 / sqrt(variance + epsilon); mean and inverse are
 * kept. Unit = row.
 */
typedef struct {
  const float *x;
  const float *gain;
  const float *bias;
  float *out;
  float *mean;
  float *inverse;
  float epsilon;
  long width;
} ck_layer_norm_args;
CK_KERNEL(layer_norm, ck_layer_norm_args)

/* With n = (x - mean) * inverse and g = gradient * gain: out = inverse * (g - mean(g) - n * mean(g n)) (+ what is there). */
typedef struct {
  const float *x;
  const float *gain;
  const float *mean;
  const float *inverse;
  const float *gradient;
  float *out;
  long width;
  int32_t accumulate;
} ck_layer_norm_backward_args;
CK_KERNEL(layer_norm_backward, ck_layer_norm_backward_args)

/* out[j] = sum over rows of gradient * n (+ what is there when accumulate), unit = column block. */
typedef struct {
  const float *x;
  const float *mean;
  const float *inverse;
  const float *gradient;
  float *out;
  long row_count;
  long width;
  int32_t accumulate;
} ck_layer_norm_gain_backward_args;
CK_KERNEL(layer_norm_gain_backward, ck_layer_norm_gain_backward_args)

#ifdef CK_BODIES

/* x - mean in the first n lanes, zero in the others. */
INLINE vfloat centred(const float *x, vfloat mean, long n) {
  vfloat d = load_some(x, n) - mean;
  if (n >= LANES) return d;
  float lanes[LANES] = {0};
  store_part(lanes, d, n);
  return load(lanes);
}

KERNEL(layer_norm) {
  const ck_layer_norm_args *a = arguments;
  const long width = a->width;
  for (long row = begin; row < end; row++) {
    const float *x = a->x + row * width;
    vfloat sums = splat(0), squares = splat(0);
    for (long j = 0; j < width; j += LANES) sums += load_some(x + j, width - j);
    const float mean = sum_lanes(sums) / (float)width;
    for (long j = 0; j < width; j += LANES) {
      vfloat d = centred(x + j, splat(mean), width - j);
      squares = fma_(d, d, squares);
    }
    const float inverse = 1.0f / sqrtf(sum_lanes(squares) / (float)width + a->epsilon);
    a->mean[row] = mean;
    a->inverse[row] = inverse;
    for (long j = 0; j < width; j += LANES) {
      const long n = width - j;
      vfloat y = (load_some(x + j, n) - splat(mean)) * splat(inverse);
      store_some(a->out + row * width + j, fma_(y, load_some(a->gain + j, n), load_some(a->bias + j, n)), n);
    }
  }
}

KERNEL(layer_norm_backward) {
  const ck_layer_norm_backward_args *a = arguments;
  const long width = a->width;
  for (long row = begin; row < end; row++) {
    const float *x = a->x + row * width, *dy = a->gradient + row * width;
    float *out = a->out + row * width;
    const vfloat mean = splat(a->mean[row]), inverse = splat(a->inverse[row]);
    vfloat sums = splat(0), products = splat(0);
    for (long j = 0; j < width; j += LANES) {
      const long n = width - j;
      vfloat g = load_some(dy + j, n) * load_some(a->gain + j, n);
      sums += g;
      products = fma_(g, (load_some(x + j, n) - mean) * inverse, products);
    }
    const vfloat mean_g = splat(sum_lanes(sums) / (float)width), mean_p = splat(sum_lanes(products) / (float)width);
    for (long j = 0; j < width; j += LANES) {
      const long n = width - j;
      vfloat g = load_some(dy + j, n) * load_some(a->gain + j, n), y = (load_some(x + j, n) - mean) * inverse;
      vfloat d = inverse * (g - mean_g - y * mean_p);
      store_some(out + j, a->accumulate ? d + load_some(out + j, n) : d, n);
    }
  }
}

KERNEL(layer_norm_gain_backward) {
  const ck_layer_norm_gain_backward_args *a = arguments;
  for (long block = begin; block < end; block++) {
    const long from = block * CK_COLUMN_BLOCK;
    const long to = from + CK_COLUMN_BLOCK < a->width ? from + CK_COLUMN_BLOCK : a->width;
    column_totals totals = {0};
    for (long row = 0; row < a->row_count; row++) {
      const vfloat mean = splat(a->mean[row]), inverse = splat(a->inverse[row]);
      for (long j = from; j < to; j += LANES) {
        const long n = to - j, at = row * a->width + j;
        vfloat y = (load_some(a->x + at, n) - mean) * inverse;
        add_to_totals(&totals, j - from, load_some(a->gradient + at, n) * y, n);
      }
      end_totals_row(&totals, row, to - from);
    }
    put_totals(&totals, a->out + from, to - from, a->accumulate);
  }
}

#endif
