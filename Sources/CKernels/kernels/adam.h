/* Adam. */
#pragma once

/*
 * Adam with bias correction on a flat array: with s = gradient_scale, g = s * gradient + weight_decay * p,
 * m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; p -= step_size * m / (sqrt(v) * inverse_root_correction2 + epsilon).
 */
typedef struct {
  float *parameter;
  const float *gradient;
  float *first_moment;
  float *second_moment;
  float gradient_scale;
  float beta1;
  float beta2;
  float step_size;
  float inverse_root_correction2;
  float epsilon;
  float weight_decay;
  long count;
} ck_adam_args;
CK_KERNEL(adam, ck_adam_args)

#ifdef CK_BODIES

KERNEL(adam) {
  const ck_adam_args *a = arguments;
  const vfloat b1 = splat(a->beta1), b2 = splat(a->beta2), r1 = splat(1.0f - a->beta1), r2 = splat(1.0f - a->beta2);
  const vfloat scale = splat(a->gradient_scale), decay = splat(a->weight_decay), step = splat(a->step_size);
  const vfloat correction = splat(a->inverse_root_correction2), epsilon = splat(a->epsilon);
  for (long block = begin; block < end; block++) {
    const long from = block * CK_FLAT_BLOCK, to = from + CK_FLAT_BLOCK < a->count ? from + CK_FLAT_BLOCK : a->count;
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      vfloat p = load_some(a->parameter + j, n);
      vfloat g = fma_(load_some(a->gradient + j, n), scale, decay * p);
      vfloat m = fma_(b1, load_some(a->first_moment + j, n), r1 * g);
      vfloat v = fma_(b2, load_some(a->second_moment + j, n), r2 * g * g);
      store_some(a->first_moment + j, m, n);
      store_some(a->second_moment + j, v, n);
      vfloat root = fma_(__builtin_elementwise_sqrt(v), correction, epsilon);
      store_some(a->parameter + j, p - step * m / root, n);
    }
  }
}

#endif
