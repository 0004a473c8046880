/* Dimensions in another order. */
#pragma once

/*
 * out[i0, i1, i2, i3] = in[i0 s0 + i1 s1 + i2 s2 + i3 s3] (+ what is there when accumulate); out has `shape` and no gaps.
 * Unit = (i0, i1, i2).
 */
typedef struct {
  const float *in;
  float *out;
  long shape[4];
  long strides[4];
  int32_t accumulate;
} ck_permute_args;
CK_KERNEL(permute, ck_permute_args)

#ifdef CK_BODIES

KERNEL(permute) {
  const ck_permute_args *a = arguments;
  const long width = a->shape[3], step = a->strides[3];
  for (long u = begin; u < end; u++) {
    const long i2 = u % a->shape[2], i1 = u / a->shape[2] % a->shape[1], i0 = u / a->shape[2] / a->shape[1];
    const float *in = a->in + i0 * a->strides[0] + i1 * a->strides[1] + i2 * a->strides[2];
    float *out = a->out + u * width;
    if (step == 1 && !a->accumulate) memcpy(out, in, sizeof(float) * (size_t)width);
    else if (a->accumulate)
      for (long j = 0; j < width; j++) out[j] += in[j * step];
    else
      for (long j = 0; j < width; j++) out[j] = in[j * step];
  }
}

#endif
