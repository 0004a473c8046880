/* Softmax of rows. */
#pragma once

/* out[r] = e^(in[r] - max) / sum of the same; a row of nothing but -infinity gives zeros. Unit = row. */
typedef struct {
  const float *in;
  float *out;
  long width;
} ck_softmax_args;
CK_KERNEL(softmax, ck_softmax_args)

/* out[r] = y[r] * (gradient[r] - <gradient[r], y[r]>) (+ what is there when accumulate), unit = row. */
typedef struct {
  const float *y;
  const float *gradient;
  float *out;
  long width;
  int32_t accumulate;
} ck_softmax_backward_args;
CK_KERNEL(softmax_backward, ck_softmax_backward_args)

/*
 * With p = softmax(teacher / T) and q = softmax(student / T): losses[r] = weights[r] * T^2 * sum p (log p - log q) and,
 * unless null, gradient[r] = weights[r] * scale * T * (q - p). Null weights are ones. Unit = row.
 */
typedef struct {
  const float *student;
  const float *teacher;
  const float *weights;
  float *losses;
  float *gradient;
  float temperature;
  float scale;
  long width;
} ck_kl_divergence_args;
CK_KERNEL(kl_divergence, ck_kl_divergence_args)

#ifdef CK_BODIES

INLINE float largest_of(const float *x, long width) {
  float largest = -INFINITY;
  long j = 0;
  if (width >= LANES) {
    vfloat tops = load(x);
    for (; j + LANES <= width; j += LANES) tops = max_(tops, load(x + j));
    largest = max_lane(tops);
  }
  for (; j < width; j++) largest = x[j] > largest ? x[j] : largest;
  return largest;
}

/* e^((x - largest) * factor); lanes from n on, which hold zeros in x, become zero. */
INLINE vfloat shifted_exp(const float *x, vfloat largest, vfloat factor, long n) {
  vfloat e = exp_((load_some(x, n) - largest) * factor);
  if (n >= LANES) return e;
  float lanes[LANES] = {0};
  store_part(lanes, e, n);
  return load(lanes);
}

INLINE float sum_of_exps(const float *x, float largest, float factor, long width) {
  vfloat sums = splat(0);
  for (long j = 0; j < width; j += LANES) sums += shifted_exp(x + j, splat(largest), splat(factor), width - j);
  return sum_lanes(sums);
}

KERNEL(softmax) {
  const ck_softmax_args *a = arguments;
  const long width = a->width;
  for (long row = begin; row < end; row++) {
    const float *in = a->in + row * width;
    float *out = a->out + row * width;
    const float largest = largest_of(in, width);
    if (largest == -INFINITY) {
      memset(out, 0, sizeof(float) * (size_t)width);
      continue;
    }
    vfloat sums = splat(0);
    for (long j = 0; j < width; j += LANES) {
      vfloat e = shifted_exp(in + j, splat(largest), splat(1.0f), width - j);
      sums += e;
      store_some(out + j, e, width - j);
    }
    const vfloat factor = splat(1.0f / sum_lanes(sums));
    for (long j = 0; j < width; j += LANES) store_some(out + j, load_some(out + j, width - j) * factor, width - j);
  }
}

KERNEL(softmax_backward) {
  const ck_softmax_backward_args *a = arguments;
  for (long row = begin; row < end; row++) {
    const long at = row * a->width;
    vfloat products = splat(0);
    for (long j = 0; j < a->width; j += LANES) {
      long n = a->width - j;
      products = fma_(load_some(a->y + at + j, n), load_some(a->gradient + at + j, n), products);
    }
    const vfloat inner = splat(sum_lanes(products));
    for (long j = 0; j < a->width; j += LANES) {
      long n = a->width - j;
      vfloat d = load_some(a->y + at + j, n) * (load_some(a->gradient + at + j, n) - inner);
      store_some(a->out + at + j, a->accumulate ? d + load_some(a->out + at + j, n) : d, n);
    }
  }
}

KERNEL(kl_divergence) {
  const ck_kl_divergence_args *a = arguments;
  const long width = a->width;
  const float inverse = 1.0f / a->temperature;
  for (long row = begin; row < end; row++) {
    const float *s = a->student + row * width, *t = a->teacher + row * width;
    float *gradient = a->gradient ? a->gradient + row * width : NULL;
    const float weight = a->weights ? a->weights[row] : 1.0f;
    if (weight == 0) {
      a->losses[row] = 0;
      if (gradient) memset(gradient, 0, sizeof(float) * (size_t)width);
      continue;
    }
    const float top_s = largest_of(s, width), top_t = largest_of(t, width);
    const float sum_s = sum_of_exps(s, top_s, inverse, width), sum_t = sum_of_exps(t, top_t, inverse, width);
    /* log p - log q = ((t - top_t) - (s - top_s)) / T + log sum_s - log sum_t. */
    const vfloat offset = splat(logf(sum_s) - logf(sum_t)), factor = splat(weight * a->scale * a->temperature);
    vfloat sums = splat(0);
    for (long j = 0; j < width; j += LANES) {
      const long n = width - j;
      vfloat p = shifted_exp(t + j, splat(top_t), splat(inverse), n) * splat(1.0f / sum_t);
      vfloat ratio = ((load_some(t + j, n) - splat(top_t)) - (load_some(s + j, n) - splat(top_s))) * splat(inverse);
      /* Where the teacher excludes a class its logarithm is not read. */
      sums += select_(p > splat(0), p * (ratio + offset), splat(0));
      if (gradient) {
        vfloat q = shifted_exp(s + j, splat(top_s), splat(inverse), n) * splat(1.0f / sum_s);
        store_some(gradient + j, (q - p) * factor, n);
      }
    }
    a->losses[row] = weight * a->temperature * a->temperature * sum_lanes(sums);
  }
}

#endif
