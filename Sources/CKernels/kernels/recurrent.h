/*
 * What the recurrent steps share. `operand` is the type of what enters matrix products; what is kept for the backward
 * pass is float16 with float16 operands and float32 otherwise ("kept"). States are float32.
 */
#pragma once

/*
 * Where a cell reads what the input contributes to a step: row `index[b]` of `base` (a table of one row a token),
 * or row b when `index` is null.
 */
typedef struct {
  const float *base;
  const int32_t *index;
  long stride;
} ck_input_rows;

/*
 * Where one step's hidden state goes. `next_keep[b]` is 0 where row b is reset before the next step. Null pointers are
 * skipped.
 */
typedef struct {
  /* In: h of the step before, out: h * next_keep. */
  float *state;
  /* h * next_keep as operand of the next step's product. */
  void *next_operand;
  /* h as float32, and as operand. */
  float *hidden;
  void *hidden_operand;
  const float *next_keep;
} ck_hidden_outputs;

#ifdef CK_BODIES

/* What is kept for the backward pass beside operands of this type. */
#define KEPT(operand) ((operand) == CK_FLOAT16 ? CK_FLOAT16 : CK_FLOAT32)

INLINE const float *input_row(const ck_input_rows *input, long row) {
  return input->base + (input->index ? input->index[row] : row) * input->stride;
}

/* Places one step's hidden state where the next step, the layer above and the caller read it. */
INLINE void put_hidden(const ck_hidden_outputs *o, ck_element operand, long i, vfloat h, vfloat keep, long n) {
  if (o->hidden) store_some(o->hidden + i, h, n);
  if (o->hidden_operand) store_as(operand, o->hidden_operand, i, h, n);
  store_some(o->state + i, h * keep, n);
  if (o->next_operand) store_as(operand, o->next_operand, i, h * keep, n);
}

/* dL/dh of a step: from outside the recurrence, if there is any, and from the next step. */
INLINE vfloat hidden_gradient(const float *output, const float *carry, long i, vfloat next_keep, long n) {
  return fma_(load_some(carry + i, n), next_keep, output ? load_some(output + i, n) : splat(0));
}

#endif
