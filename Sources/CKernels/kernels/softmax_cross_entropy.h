/* Cross-entropy of scores, with its gradient. */
#pragma once

/*
 * losses[r] = mask[r] * (log sum exp(logits[r]) - logits[r][target]); when `gradient` is not null it receives
 * mask[r] * scale * (softmax - one-hot). It may be `logits` itself. Unit = row.
 */
typedef struct {
  const float *logits;
  const int32_t *targets;
  const float *mask;
  float *losses;
  float *gradient;
  float scale;
  long width;
} ck_softmax_cross_entropy_args;
CK_KERNEL(softmax_cross_entropy, ck_softmax_cross_entropy_args)

#ifdef CK_BODIES

KERNEL(softmax_cross_entropy) {
  const ck_softmax_cross_entropy_args *a = arguments;
  const long width = a->width, whole = width / LANES * LANES;
  for (long row = begin; row < end; row++) {
    const float *logits = a->logits + row * width;
    float *gradient = a->gradient ? a->gradient + row * width : NULL;
    const float mask = a->mask ? a->mask[row] : 1.0f;
    if (mask == 0) {
      a->losses[row] = 0;
      if (gradient) memset(gradient, 0, sizeof(float) * (size_t)width);
      continue;
    }
    float largest = logits[0];
    vfloat tops = splat(largest);
    for (long j = 0; j < whole; j += LANES) tops = max_(tops, load(logits + j));
    largest = max_lane(tops);
    for (long j = whole; j < width; j++) largest = logits[j] > largest ? logits[j] : largest;
    const float target_logit = logits[a->targets[row]];
    vfloat sums = splat(0);
    for (long j = 0; j < whole; j += LANES) {
      vfloat e = exp_(load(logits + j) - splat(largest));
      if (gradient) store(gradient + j, e);
      sums += e;
    }
    float sum = sum_lanes(sums);
    if (whole < width) {
      long n = width - whole;
      float part[LANES];
      store(part, exp_(load_part(logits + whole, n) - splat(largest)));
      for (long k = 0; k < n; k++) {
        sum += part[k];
        if (gradient) gradient[whole + k] = part[k];
      }
    }
    a->losses[row] = mask * (logf(sum) + largest - target_logit);
    if (gradient) {
      const vfloat factor = splat(mask * a->scale / sum);
      for (long j = 0; j < width; j += LANES) {
        long n = width - j;
        store_some(gradient + j, load_some(gradient + j, n) * factor, n);
      }
      gradient[a->targets[row]] -= mask * a->scale;
    }
  }
}

#endif
