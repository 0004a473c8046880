/* Weight normalisation. */
#pragma once

/* weight[r] = v[r] * (g[r] / |v[r]|), inverse_norm[r] = 1 / |v[r]|, 0 where that norm is 0; unit = row. */
typedef struct {
  const float *v;
  const float *g;
  void *weight;
  ck_element type;
  float *inverse_norm;
  long width;
} ck_weight_norm_forward_args;
CK_KERNEL(weight_norm_forward, ck_weight_norm_forward_args)

/* g_gradient += <dw, v> / |v|; v_gradient += g/|v| * (dw - v <dw, v> / |v|^2). */
typedef struct {
  const float *v;
  const float *g;
  const float *inverse_norm;
  const float *weight_gradient;
  float *g_gradient;
  float *v_gradient;
  long width;
} ck_weight_norm_backward_args;
CK_KERNEL(weight_norm_backward, ck_weight_norm_backward_args)

#ifdef CK_BODIES

INLINE void weight_norm_forward_as(const ck_weight_norm_forward_args *a, long begin, long end, ck_element type) {
  for (long row = begin; row < end; row++) {
    const float *v = a->v + row * a->width;
    vfloat squares = splat(0);
    for (long j = 0; j < a->width; j += LANES) {
      vfloat x = load_some(v + j, a->width - j);
      squares = fma_(x, x, squares);
    }
    const float sum = sum_lanes(squares), inverse = sum > 0 || sum != sum ? 1.0f / sqrtf(sum) : 0;
    a->inverse_norm[row] = inverse;
    const vfloat factor = splat(a->g[row] * inverse);
    for (long j = 0; j < a->width; j += LANES) {
      long n = a->width - j;
      store_as(type, a->weight, row * a->width + j, load_some(v + j, n) * factor, n);
    }
  }
}
FOR_EACH_TYPE(weight_norm_forward, ck_weight_norm_forward_args, type)

KERNEL(weight_norm_backward) {
  const ck_weight_norm_backward_args *a = arguments;
  for (long row = begin; row < end; row++) {
    const long at = row * a->width;
    vfloat products = splat(0);
    for (long j = 0; j < a->width; j += LANES) {
      long n = a->width - j;
      products = fma_(load_some(a->v + at + j, n), load_some(a->weight_gradient + at + j, n), products);
    }
    const float inverse = a->inverse_norm[row], along = sum_lanes(products) * inverse;
    a->g_gradient[row] += along;
    const vfloat factor = splat(a->g[row] * inverse), part = splat(along * inverse);
    for (long j = 0; j < a->width; j += LANES) {
      long n = a->width - j;
      vfloat d = load_some(a->weight_gradient + at + j, n) - load_some(a->v + at + j, n) * part;
      store_some(a->v_gradient + at + j, fma_(d, factor, load_some(a->v_gradient + at + j, n)), n);
    }
  }
}

#endif
