/* The recurrent steps, forward and backward. */

/* What is kept for the backward pass beside operands of this type. */
#define KEPT(operand) ((operand) == CK_FLOAT16 ? CK_FLOAT16 : CK_FLOAT32)

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
