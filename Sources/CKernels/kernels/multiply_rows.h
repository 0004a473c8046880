/* The multiplicative state of an mLSTM. */
#pragma once

#include "recurrent.h"

/* out[b] = input[b] * y[b] (operand); y is kept in saved unless that is null. Unit = (row, column block). */
typedef struct {
  ck_input_rows input;
  const float *y;
  void *saved;
  void *out;
  ck_element operand;
  long width;
} ck_multiply_rows_args;
CK_KERNEL(multiply_rows, ck_multiply_rows_args)

/* From d = gradient of out: d_input = d * y, d_y = d * input (operand); y as kept. */
typedef struct {
  ck_input_rows input;
  const void *saved;
  const float *gradient;
  void *input_gradient;
  void *y_gradient;
  ck_element operand;
  long width;
} ck_multiply_rows_backward_args;
CK_KERNEL(multiply_rows_backward, ck_multiply_rows_backward_args)

#ifdef CK_BODIES

INLINE void multiply_rows_as(const ck_multiply_rows_args *a, long begin, long end, ck_element operand) {
  for (long u = begin; u < end; u++) {
    CUT(u, a->width);
    const float *x = input_row(&a->input, row);
    const long at = row * a->width;
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      vfloat y = load_some(a->y + at + j, n);
      if (a->saved) store_as(KEPT(operand), a->saved, at + j, y, n);
      store_as(operand, a->out, at + j, load_some(x + j, n) * y, n);
    }
  }
}
FOR_EACH_TYPE(multiply_rows, ck_multiply_rows_args, operand)

INLINE void multiply_rows_backward_as(const ck_multiply_rows_backward_args *a, long begin, long end, ck_element operand) {
  for (long u = begin; u < end; u++) {
    CUT(u, a->width);
    const float *x = input_row(&a->input, row);
    const long at = row * a->width;
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      vfloat d = load_some(a->gradient + at + j, n), y = load_as(KEPT(operand), a->saved, at + j, n);
      store_as(operand, a->input_gradient, at + j, d * y, n);
      store_as(operand, a->y_gradient, at + j, d * load_some(x + j, n), n);
    }
  }
}
FOR_EACH_TYPE(multiply_rows_backward, ck_multiply_rows_backward_args, operand)

#endif
