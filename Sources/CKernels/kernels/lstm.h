/* The gates of an LSTM, one step. */
#pragma once

#include "recurrent.h"

/*
 * One step of LSTM gates: z = product + input + bias, blocks i f g o; c = f * cell_state + i * g; h = o * tanh(c).
 * cell_state is replaced by c * next_keep. `saved` (6 H a row, kept) receives i, f, g, o, tanh(c) and the old c.
 */
typedef struct {
  ck_input_rows input;
  const float *bias;
  const float *product;
  float *cell_state;
  float *cell;
  void *saved;
  ck_hidden_outputs outputs;
  ck_element operand;
  long width;
} ck_lstm_forward_args;
CK_KERNEL(lstm_forward, ck_lstm_forward_args)

/*
 * Backward of one step. dh = output_gradient + next_keep * hidden_carry; cell_carry holds dL/dc of this step from the
 * next one and is replaced by dL/dc of the step before (times keep). gate_gradient (operand) receives dL/dz.
 */
typedef struct {
  const void *saved;
  const float *output_gradient;
  const float *hidden_carry;
  const float *next_keep;
  const float *keep;
  float *cell_carry;
  void *gate_gradient;
  ck_element operand;
  long width;
} ck_lstm_backward_args;
CK_KERNEL(lstm_backward, ck_lstm_backward_args)

#ifdef CK_BODIES

INLINE void lstm_forward_as(const ck_lstm_forward_args *a, long begin, long end, ck_element operand) {
  const long width = a->width;
  for (long u = begin; u < end; u++) {
    CUT(u, width);
    const float *x = input_row(&a->input, row), *bias = a->bias;
    const float *z = a->product + row * 4 * width;
    const long at = row * width;
    const vfloat keep = splat(a->outputs.next_keep[row]);
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      const float *xi = x + j, *bi = bias + j, *zi = z + j;
      vfloat i = sigmoid_(load_some(zi, n) + load_some(xi, n) + load_some(bi, n));
      vfloat f = sigmoid_(load_some(zi + width, n) + load_some(xi + width, n) + load_some(bi + width, n));
      vfloat g = tanh_(load_some(zi + 2 * width, n) + load_some(xi + 2 * width, n) + load_some(bi + 2 * width, n));
      vfloat o = sigmoid_(load_some(zi + 3 * width, n) + load_some(xi + 3 * width, n) + load_some(bi + 3 * width, n));
      vfloat before = load_some(a->cell_state + at + j, n);
      vfloat c = fma_(f, before, i * g);
      vfloat t = tanh_(c);
      if (a->saved) {
        const long s = row * 6 * width + j;
        store_as(KEPT(operand), a->saved, s, i, n);
        store_as(KEPT(operand), a->saved, s + width, f, n);
        store_as(KEPT(operand), a->saved, s + 2 * width, g, n);
        store_as(KEPT(operand), a->saved, s + 3 * width, o, n);
        store_as(KEPT(operand), a->saved, s + 4 * width, t, n);
        store_as(KEPT(operand), a->saved, s + 5 * width, before, n);
      }
      if (a->cell) store_some(a->cell + at + j, c, n);
      store_some(a->cell_state + at + j, c * keep, n);
      put_hidden(&a->outputs, operand, at + j, o * t, keep, n);
    }
  }
}
FOR_EACH_TYPE(lstm_forward, ck_lstm_forward_args, operand)

INLINE void lstm_backward_as(const ck_lstm_backward_args *a, long begin, long end, ck_element operand) {
  const long width = a->width;
  const vfloat one = splat(1.0f);
  for (long u = begin; u < end; u++) {
    CUT(u, width);
    const long at = row * width;
    const vfloat next_keep = splat(a->next_keep[row]), keep = splat(a->keep[row]);
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      const long s = row * 6 * width + j, d = row * 4 * width + j;
      vfloat i = load_as(KEPT(operand), a->saved, s, n), f = load_as(KEPT(operand), a->saved, s + width, n);
      vfloat g = load_as(KEPT(operand), a->saved, s + 2 * width, n);
      vfloat o = load_as(KEPT(operand), a->saved, s + 3 * width, n);
      vfloat t = load_as(KEPT(operand), a->saved, s + 4 * width, n);
      vfloat before = load_as(KEPT(operand), a->saved, s + 5 * width, n);
      vfloat dh = hidden_gradient(a->output_gradient, a->hidden_carry, at + j, next_keep, n);
      vfloat dc = load_some(a->cell_carry + at + j, n) + dh * o * (one - t * t);
      store_as(operand, a->gate_gradient, d, dc * g * i * (one - i), n);
      store_as(operand, a->gate_gradient, d + width, dc * before * f * (one - f), n);
      store_as(operand, a->gate_gradient, d + 2 * width, dc * i * (one - g * g), n);
      store_as(operand, a->gate_gradient, d + 3 * width, dh * t * o * (one - o), n);
      store_some(a->cell_carry + at + j, dc * f * keep, n);
    }
  }
}
FOR_EACH_TYPE(lstm_backward, ck_lstm_backward_args, operand)

#endif
