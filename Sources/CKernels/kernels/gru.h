/* The gates of a GRU, one step. */
#pragma once

#include "recurrent.h"

/*
 * One step of GRU: `product` = h W_hh^T, blocks r z n. `saved` (5 H a row, kept) receives r, z, n, the hidden part of n and
 * the old h. h' = (1 - z) n + z h with n = tanh(x_n + r (h U_n + b_n)).
 */
typedef struct {
  ck_input_rows input;
  const float *bias;
  const float *product;
  void *saved;
  ck_hidden_outputs outputs;
  ck_element operand;
  long width;
} ck_gru_forward_args;
CK_KERNEL(gru_forward, ck_gru_forward_args)

/* product_gradient and input_gradient: 3 H a row (operand); hidden_carry is read (from step t+1) and replaced by dh * z. */
typedef struct {
  const void *saved;
  const float *output_gradient;
  const float *next_keep;
  float *hidden_carry;
  void *product_gradient;
  void *input_gradient;
  ck_element operand;
  long width;
} ck_gru_backward_args;
CK_KERNEL(gru_backward, ck_gru_backward_args)

#ifdef CK_BODIES

INLINE void gru_forward_as(const ck_gru_forward_args *a, long begin, long end, ck_element operand) {
  const long width = a->width;
  for (long u = begin; u < end; u++) {
    CUT(u, width);
    const float *x = input_row(&a->input, row), *b = a->bias, *p = a->product + row * 3 * width;
    const long at = row * width;
    const vfloat keep = splat(a->outputs.next_keep[row]);
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      vfloat r = sigmoid_(load_some(x + j, n) + load_some(p + j, n) + load_some(b + j, n));
      vfloat z = sigmoid_(load_some(x + width + j, n) + load_some(p + width + j, n) + load_some(b + width + j, n));
      vfloat q = load_some(p + 2 * width + j, n) + load_some(b + 2 * width + j, n);
      vfloat c = tanh_(fma_(r, q, load_some(x + 2 * width + j, n)));
      vfloat before = load_some(a->outputs.state + at + j, n);
      vfloat h = fma_(z, before - c, c);
      if (a->saved) {
        const long s = row * 5 * width + j;
        store_as(KEPT(operand), a->saved, s, r, n);
        store_as(KEPT(operand), a->saved, s + width, z, n);
        store_as(KEPT(operand), a->saved, s + 2 * width, c, n);
        store_as(KEPT(operand), a->saved, s + 3 * width, q, n);
        store_as(KEPT(operand), a->saved, s + 4 * width, before, n);
      }
      put_hidden(&a->outputs, operand, at + j, h, keep, n);
    }
  }
}
FOR_EACH_TYPE(gru_forward, ck_gru_forward_args, operand)

INLINE void gru_backward_as(const ck_gru_backward_args *a, long begin, long end, ck_element operand) {
  const long width = a->width;
  const vfloat one = splat(1.0f);
  for (long u = begin; u < end; u++) {
    CUT(u, width);
    const long at = row * width;
    const vfloat next_keep = splat(a->next_keep[row]);
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      const long s = row * 5 * width + j, d = row * 3 * width + j;
      vfloat r = load_as(KEPT(operand), a->saved, s, n), z = load_as(KEPT(operand), a->saved, s + width, n);
      vfloat c = load_as(KEPT(operand), a->saved, s + 2 * width, n);
      vfloat q = load_as(KEPT(operand), a->saved, s + 3 * width, n);
      vfloat before = load_as(KEPT(operand), a->saved, s + 4 * width, n);
      vfloat dh = hidden_gradient(a->output_gradient, a->hidden_carry, at + j, next_keep, n);
      vfloat dn = dh * (one - z) * (one - c * c);
      vfloat dr = dn * q * r * (one - r);
      vfloat dz = dh * (before - c) * z * (one - z);
      store_as(operand, a->input_gradient, d, dr, n);
      store_as(operand, a->input_gradient, d + width, dz, n);
      store_as(operand, a->input_gradient, d + 2 * width, dn, n);
      store_as(operand, a->product_gradient, d, dr, n);
      store_as(operand, a->product_gradient, d + width, dz, n);
      store_as(operand, a->product_gradient, d + 2 * width, dn * r, n);
      store_some(a->hidden_carry + at + j, dh * z, n);
    }
  }
}
FOR_EACH_TYPE(gru_backward, ck_gru_backward_args, operand)

#endif
