/* A simple recurrent cell, one step. */
#pragma once

#include "recurrent.h"

/* One step of h = phi(product + input + bias), phi = tanh when `is_tanh`, else max(0, .); `saved` (kept) receives h. */
typedef struct {
  ck_input_rows input;
  const float *bias;
  const float *product;
  void *saved;
  ck_hidden_outputs outputs;
  ck_element operand;
  long width;
  int32_t is_tanh;
} ck_elman_forward_args;
CK_KERNEL(elman_forward, ck_elman_forward_args)

typedef struct {
  const void *saved;
  const float *output_gradient;
  const float *hidden_carry;
  const float *next_keep;
  void *gate_gradient;
  ck_element operand;
  long width;
  int32_t is_tanh;
} ck_elman_backward_args;
CK_KERNEL(elman_backward, ck_elman_backward_args)

#ifdef CK_BODIES

INLINE void elman_forward_as(const ck_elman_forward_args *a, long begin, long end, ck_element operand) {
  const long width = a->width;
  for (long u = begin; u < end; u++) {
    CUT(u, width);
    const float *x = input_row(&a->input, row);
    const long at = row * width;
    const vfloat keep = splat(a->outputs.next_keep[row]);
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      vfloat z = load_some(x + j, n) + load_some(a->product + at + j, n) + load_some(a->bias + j, n);
      vfloat h = a->is_tanh ? tanh_(z) : select_(z < splat(0), splat(0), z); /* lets NaN through */
      if (a->saved) store_as(KEPT(operand), a->saved, at + j, h, n);
      put_hidden(&a->outputs, operand, at + j, h, keep, n);
    }
  }
}
FOR_EACH_TYPE(elman_forward, ck_elman_forward_args, operand)

INLINE void elman_backward_as(const ck_elman_backward_args *a, long begin, long end, ck_element operand) {
  const long width = a->width;
  for (long u = begin; u < end; u++) {
    CUT(u, width);
    const long at = row * width;
    const vfloat next_keep = splat(a->next_keep[row]);
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      vfloat h = load_as(KEPT(operand), a->saved, at + j, n);
      vfloat dh = hidden_gradient(a->output_gradient, a->hidden_carry, at + j, next_keep, n);
      vfloat slope = a->is_tanh ? splat(1.0f) - h * h : select_(h > splat(0), splat(1.0f), splat(0));
      store_as(operand, a->gate_gradient, at + j, dh * slope, n);
    }
  }
}
FOR_EACH_TYPE(elman_backward, ck_elman_backward_args, operand)

#endif
