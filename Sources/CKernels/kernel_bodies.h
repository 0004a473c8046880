/*
 * The kernels, written once over vectors of LANES floats and compiled for each instruction set by the files that
 * include this one.
 */

#pragma clang fp contract(fast)

#include "vector.h"

/* Cuts unit u of a (row, column block) kernel: its row, first column and past-the-end column. */
#define ROW_BLOCKS(width) (((width) + CK_COLUMN_BLOCK - 1) / CK_COLUMN_BLOCK)
#define CUT(u, width)                                                                                        \
  const long blocks_ = ROW_BLOCKS(width), row = (u) / blocks_, from = (u) % blocks_ * CK_COLUMN_BLOCK,      \
             to = from + CK_COLUMN_BLOCK < (width) ? from + CK_COLUMN_BLOCK : (width)

INLINE const float *input_row(const ck_input_rows *input, long row) {
  return input->base + (input->index ? input->index[row] : row) * input->stride;
}

INLINE vfloat load_or_zero(const float *p, long n) { return p ? load_some(p, n) : splat(0); }

/* What is kept for the backward pass beside operands of this type. */
#define KEPT(operand) ((operand) == CK_FLOAT16 ? CK_FLOAT16 : CK_FLOAT32)

/* Places one step's hidden state where the next step, the layer above and the caller read it. */
INLINE void put_hidden(const ck_hidden_outputs *o, ck_element operand, long i, vfloat h, vfloat keep, long n) {
  if (o->hidden) store_some(o->hidden + i, h, n);
  if (o->hidden_operand) store_as(operand, o->hidden_operand, i, h, n);
  store_some(o->state + i, h * keep, n);
  if (o->next_operand) store_as(operand, o->next_operand, i, h * keep, n);
}

INLINE void convert_between(const ck_convert_args *a, long begin, long end, ck_element in_type, ck_element out_type) {
  for (long block = begin; block < end; block++) {
    const long from = block * CK_FLAT_BLOCK, to = from + CK_FLAT_BLOCK < a->count ? from + CK_FLAT_BLOCK : a->count;
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      store_as(out_type, a->out, j, load_as(in_type, a->in, j, n), n);
    }
  }
}

INLINE void convert_as(const ck_convert_args *a, long begin, long end, ck_element in_type) {
  switch (a->out_type) {
    case CK_BFLOAT16: convert_between(a, begin, end, in_type, CK_BFLOAT16); break;
    case CK_FLOAT16: convert_between(a, begin, end, in_type, CK_FLOAT16); break;
    default: convert_between(a, begin, end, in_type, CK_FLOAT32);
  }
}
FOR_EACH_TYPE(convert, ck_convert_args, in_type)

/* Sum over vectors of int16 products; flushed before an int32 lane can overflow. */
#define INT8_RUN 128

INLINE float integer_product(const int8_t *w, const int16_t *x, long width) {
  float total = 0;
  long j = 0;
#if HAS_F16C && LANES == 16
  while (j + 32 <= width) {
    __m512i sums = _mm512_setzero_si512();
    for (int k = 0; k < INT8_RUN && j + 32 <= width; k++, j += 32) {
      __m512i wide = _mm512_cvtepi8_epi16(_mm256_loadu_si256((const __m256i *)(w + j)));
      sums = _mm512_add_epi32(sums, _mm512_madd_epi16(wide, _mm512_loadu_si512(x + j)));
    }
    total += sum_lanes(__builtin_convertvector((vint)sums, vfloat));
  }
#elif HAS_F16C
  while (j + 16 <= width) {
    __m256i sums = _mm256_setzero_si256();
    for (int k = 0; k < INT8_RUN && j + 16 <= width; k++, j += 16) {
      __m256i wide = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(w + j)));
      sums = _mm256_add_epi32(sums, _mm256_madd_epi16(wide, _mm256_loadu_si256((const __m256i *)(x + j))));
    }
    total += sum_lanes(__builtin_convertvector((vint)sums, vfloat));
  }
#endif
  while (j < width) {
    int32_t sum = 0;
    for (int k = 0; k < INT8_RUN && j < width; k++, j++) sum += (int32_t)w[j] * x[j];
    total += (float)sum;
  }
  return total;
}

/* Four sums hide the latency of the multiply-add. */
INLINE float dot_as(ck_element type, const void *w, const float *x, long width) {
  vfloat s0 = splat(0), s1 = splat(0), s2 = splat(0), s3 = splat(0);
  long j = 0;
  for (; j + 4 * LANES <= width; j += 4 * LANES) {
    s0 = fma_(load_as(type, w, j, LANES), load(x + j), s0);
    s1 = fma_(load_as(type, w, j + LANES, LANES), load(x + j + LANES), s1);
    s2 = fma_(load_as(type, w, j + 2 * LANES, LANES), load(x + j + 2 * LANES), s2);
    s3 = fma_(load_as(type, w, j + 3 * LANES, LANES), load(x + j + 3 * LANES), s3);
  }
  for (; j < width; j += LANES) s0 = fma_(load_as(type, w, j, width - j), load_some(x + j, width - j), s0);
  return sum_lanes((s0 + s1) + (s2 + s3));
}

INLINE void row_product_as(const ck_row_product_args *a, long begin, long end, ck_element type) {
  const long row_bytes = a->width * (type == CK_FLOAT32 ? 4 : 2);
  for (long row = begin; row < end; row++) {
    const float sum = dot_as(type, (const char *)a->weights + row * row_bytes, a->x, a->width);
    a->out[row] = (a->accumulate ? a->out[row] : 0) + sum;
  }
}

static void row_product(const void *arguments, long begin, long end) {
  const ck_row_product_args *a = arguments;
  switch (a->type) {
    case CK_FLOAT32: row_product_as(a, begin, end, CK_FLOAT32); break;
    case CK_BFLOAT16: row_product_as(a, begin, end, CK_BFLOAT16); break;
    case CK_FLOAT16: row_product_as(a, begin, end, CK_FLOAT16); break;
    case CK_INT8:
      for (long row = begin; row < end; row++) {
        const float sum = integer_product((const int8_t *)a->weights + row * a->width, a->x, a->width);
        a->out[row] = (a->accumulate ? a->out[row] : 0) + sum * a->scales[row];
      }
  }
}

static void quantize_rows(const void *arguments, long begin, long end) {
  const ck_quantize_rows_args *a = arguments;
  for (long row = begin; row < end; row++) {
    const float *in = a->rows + row * a->width;
    float largest = 0;
    for (long j = 0; j < a->width; j++) largest = fabsf(in[j]) > largest ? fabsf(in[j]) : largest;
    const float scale = largest / 127.0f, inverse = largest > 0 ? 127.0f / largest : 0;
    a->scales[row] = scale;
    for (long j = 0; j < a->width; j++) a->out[row * a->width + j] = (int8_t)lrintf(in[j] * inverse);
  }
}

static void put_columns(const void *arguments, long begin, long end) {
  const ck_put_columns_args *a = arguments;
  for (long row = begin; row < end; row++) {
    const float *part = a->part + row * a->part_width;
    float *out = a->out + row * a->width;
    for (long j = 0; j < a->part_width; j += LANES) {
      long n = a->part_width - j;
      vfloat x = load_some(part + j, n);
      store_some(out + j, a->accumulate ? x + load_some(out + j, n) : x, n);
    }
  }
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
      vfloat dh = fma_(load_some(a->hidden_carry + at + j, n), next_keep,
                       load_or_zero(a->output_gradient ? a->output_gradient + at + j : NULL, n));
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
      vfloat dh = fma_(load_some(a->hidden_carry + at + j, n), next_keep,
                       load_or_zero(a->output_gradient ? a->output_gradient + at + j : NULL, n));
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
      vfloat dh = fma_(load_some(a->hidden_carry + at + j, n), next_keep,
                       load_or_zero(a->output_gradient ? a->output_gradient + at + j : NULL, n));
      vfloat slope = a->is_tanh ? splat(1.0f) - h * h : select_(h > splat(0), splat(1.0f), splat(0));
      store_as(operand, a->gate_gradient, at + j, dh * slope, n);
    }
  }
}
FOR_EACH_TYPE(elman_backward, ck_elman_backward_args, operand)

static void gather_rows(const void *arguments, long begin, long end) {
  const ck_gather_rows_args *a = arguments;
  for (long row = begin; row < end; row++)
    memcpy(a->out + row * a->width, a->table + a->index[row] * a->width, sizeof(float) * (size_t)a->width);
}

INLINE void scatter_add_rows_as(const ck_scatter_add_rows_args *a, long begin, long end, ck_element type) {
  for (long block = begin; block < end; block++) {
    const long from = block * CK_COLUMN_BLOCK;
    const long to = from + CK_COLUMN_BLOCK < a->width ? from + CK_COLUMN_BLOCK : a->width;
    for (long row = 0; row < a->row_count; row++) {
      float *target = a->table + a->index[row] * a->width;
      for (long j = from; j < to; j += LANES) {
        long n = to - j;
        store_some(target + j, load_some(target + j, n) + load_as(type, a->rows, row * a->width + j, n), n);
      }
    }
  }
}
FOR_EACH_TYPE(scatter_add_rows, ck_scatter_add_rows_args, type)

INLINE void column_sums_as(const ck_column_sums_args *a, long begin, long end, ck_element type) {
  for (long block = begin; block < end; block++) {
    const long from = block * CK_COLUMN_BLOCK;
    const long to = from + CK_COLUMN_BLOCK < a->width ? from + CK_COLUMN_BLOCK : a->width;
    float sums[CK_COLUMN_BLOCK] = {0};
    for (long row = 0; row < a->row_count; row++) {
      for (long j = from; j < to; j += LANES) {
        long n = to - j;
        vfloat sum = load_some(sums + (j - from), n) + load_as(type, a->rows, row * a->width + j, n);
        store_some(sums + (j - from), sum, n);
      }
    }
    for (long j = from; j < to; j++) a->out[j] = (a->accumulate ? a->out[j] : 0) + sums[j - from];
  }
}
FOR_EACH_TYPE(column_sums, ck_column_sums_args, type)

static void add_bias(const void *arguments, long begin, long end) {
  const ck_add_bias_args *a = arguments;
  for (long row = begin; row < end; row++) {
    float *target = a->rows + row * a->width;
    for (long j = 0; j < a->width; j += LANES) {
      long n = a->width - j;
      store_some(target + j, load_some(target + j, n) + load_some(a->bias + j, n), n);
    }
  }
}

static void softmax_cross_entropy(const void *arguments, long begin, long end) {
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

INLINE void weight_norm_forward_as(const ck_weight_norm_forward_args *a, long begin, long end, ck_element type) {
  for (long row = begin; row < end; row++) {
    const float *v = a->v + row * a->width;
    vfloat squares = splat(0);
    for (long j = 0; j < a->width; j += LANES) {
      vfloat x = load_some(v + j, a->width - j);
      squares = fma_(x, x, squares);
    }
    const float inverse = 1.0f / sqrtf(sum_lanes(squares));
    a->inverse_norm[row] = inverse;
    const vfloat factor = splat(a->g[row] * inverse);
    for (long j = 0; j < a->width; j += LANES) {
      long n = a->width - j;
      store_as(type, a->weight, row * a->width + j, load_some(v + j, n) * factor, n);
    }
  }
}
FOR_EACH_TYPE(weight_norm_forward, ck_weight_norm_forward_args, type)

static void weight_norm_backward(const void *arguments, long begin, long end) {
  const ck_weight_norm_backward_args *a = arguments;
  for (long row = begin; row < end; row++) {
    const long at = row * a->width;
    vfloat products = splat(0);
    for (long j = 0; j < a->width; j += LANES) {
      long n = a->width - j;
      products = fma_(load_some(a->v + at + j, n), load_some(a->weight_gradient + at + j, n), products);
    }
    const float inverse = a->inverse_norm[row], along = sum_lanes(products) * inverse;
    a->g_gradient[row] += along;
    const vfloat factor = splat(a->g[row] * inverse), part = splat(along * inverse);
    for (long j = 0; j < a->width; j += LANES) {
      long n = a->width - j;
      vfloat d = load_some(a->weight_gradient + at + j, n) - load_some(a->v + at + j, n) * part;
      store_some(a->v_gradient + at + j, fma_(d, factor, load_some(a->v_gradient + at + j, n)), n);
    }
  }
}

/* Well-mixed 32 bits of (key, index): two rounds of multiply and shift-xor with the key's halves between. */
INLINE vuint hash_(vuint index, uint64_t key) {
  vuint x = index * 0x9E3779B1u + (uint32_t)key;
  x ^= x >> 16;
  x *= 0x85EBCA6Bu;
  x ^= x >> 13;
  x += (uint32_t)(key >> 32);
  x *= 0xC2B2AE35u;
  x ^= x >> 16;
  x *= 0x27D4EB2Fu;
  x ^= x >> 15;
  return x;
}

INLINE void dropout_as(const ck_dropout_args *a, long begin, long end, ck_element type) {
  const vfloat scale = splat(1.0f / (1.0f - a->probability));
  const uint32_t threshold = (uint32_t)(a->probability * 16777216.0f);
  vuint lane;
  for (int k = 0; k < LANES; k++) lane[k] = (uint32_t)k;
  for (long block = begin; block < end; block++) {
    const long from = block * CK_FLAT_BLOCK, to = from + CK_FLAT_BLOCK < a->count ? from + CK_FLAT_BLOCK : a->count;
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      vint kept = (hash_(lane + (uint32_t)j, a->key) >> 8) >= threshold;
      store_as(type, a->out, j, select_(kept, load_as(type, a->in, j, n) * scale, splat(0)), n);
    }
  }
}
FOR_EACH_TYPE(dropout, ck_dropout_args, type)

static void scale_add(const void *arguments, long begin, long end) {
  const ck_scale_add_args *a = arguments;
  const vfloat factor = splat(a->a), old = splat(a->b);
  for (long block = begin; block < end; block++) {
    const long from = block * CK_FLAT_BLOCK, to = from + CK_FLAT_BLOCK < a->count ? from + CK_FLAT_BLOCK : a->count;
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      vfloat y = load_some(a->x + j, n) * factor;
      if (a->b != 0) y = fma_(load_some(a->y + j, n), old, y);
      store_some(a->y + j, y, n);
    }
  }
}

static void square_sums(const void *arguments, long begin, long end) {
  const ck_square_sums_args *a = arguments;
  for (long block = begin; block < end; block++) {
    const long from = block * CK_FLAT_BLOCK, to = from + CK_FLAT_BLOCK < a->count ? from + CK_FLAT_BLOCK : a->count;
    vfloat sums = splat(0);
    for (long j = from; j < to; j += LANES) {
      vfloat x = load_some(a->x + j, to - j);
      sums = fma_(x, x, sums);
    }
    a->partial[block] = sum_lanes(sums);
  }
}

static void adam(const void *arguments, long begin, long end) {
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

/* Enough independent chains to hide the latency of the multiply-add on two ports. */
#define CHAINS 12

static void multiply_add_loop(const void *arguments, long begin, long end) {
  const ck_multiply_add_loop_args *a = arguments;
  for (long unit = begin; unit < end; unit++) {
    vfloat chains[CHAINS];
    for (int k = 0; k < CHAINS; k++) chains[k] = splat((float)k);
    const vfloat factor = splat(0.999f), addend = splat(a->sink[unit] + 1e-3f);
    for (long round = 0; round < a->rounds; round++)
      for (int k = 0; k < CHAINS; k++) chains[k] = fma_(chains[k], factor, addend);
    for (int k = 0; k < CHAINS; k++) a->sink[unit] += sum_lanes(chains[k]);
  }
}

/* Enough additions in flight that the loop waits for nothing but memory. */
#define READ_CHAINS 8

static void memory_read_loop(const void *arguments, long begin, long end) {
  const ck_memory_read_loop_args *a = arguments;
  for (long unit = begin; unit < end; unit++) {
    const float *block = a->values + unit * CK_MEMORY_READ_BLOCK;
    vfloat sums[READ_CHAINS];
    for (int k = 0; k < READ_CHAINS; k++) sums[k] = splat(0);
    for (long j = 0; j < CK_MEMORY_READ_BLOCK; j += READ_CHAINS * LANES)
      for (int k = 0; k < READ_CHAINS; k++) sums[k] += load(block + j + k * LANES);
    a->sink[unit] = 0;
    for (int k = 0; k < READ_CHAINS; k++) a->sink[unit] += sum_lanes(sums[k]);
  }
}

static void apply(ck_function function, const float *in, float *out, long count) {
  for (long j = 0; j < count; j += LANES) {
    long n = count - j;
    vfloat x = load_some(in + j, n);
    store_some(out + j, function == CK_EXP ? exp_(x) : function == CK_SIGMOID ? sigmoid_(x) : tanh_(x), n);
  }
}

/*
 * The optimizers that share ck_optimizer_args. The vectors of the constants and of the block's elements are named by
 * the macro, so that each rule reads as its formula.
 */
#define OPTIMIZER_KERNEL(NAME, ...)                                                                                   \
  static void NAME(const void *arguments, long begin, long end) {                                                     \
    const ck_optimizer_args *a = arguments;                                                                           \
    const vfloat scale = splat(a->gradient_scale), decay = splat(a->weight_decay), rate = splat(a->rate);             \
    const vfloat b1 = splat(a->beta1), b2 = splat(a->beta2), epsilon = splat(a->epsilon);                             \
    const vfloat r1 = splat(a->one_minus_beta1), r2 = splat(a->one_minus_beta2), correction = splat(a->correction);   \
    (void)decay, (void)b1, (void)b2, (void)epsilon, (void)r1, (void)r2, (void)correction;                             \
    for (long block = begin; block < end; block++) {                                                                  \
      const long from = block * CK_FLAT_BLOCK;                                                                        \
      const long to = from + CK_FLAT_BLOCK < a->count ? from + CK_FLAT_BLOCK : a->count;                              \
      for (long j = from; j < to; j += LANES) {                                                                       \
        const long n = to - j;                                                                                        \
        vfloat p = load_some(a->parameter + j, n), g = load_some(a->gradient + j, n) * scale;                         \
        vfloat first = load_some(a->first + j, n);                                                                    \
        __VA_ARGS__                                                                                                   \
      }                                                                                                               \
    }                                                                                                                 \
  }

#define ROOT(x) __builtin_elementwise_sqrt(x)

OPTIMIZER_KERNEL(sgd_momentum, {
  g = fma_(decay, p, g);
  first = fma_(b1, first, g);
  store_some(a->first + j, first, n);
  store_some(a->parameter + j, p - rate * (a->is_nesterov ? fma_(b1, first, g) : first), n);
})

OPTIMIZER_KERNEL(adamw, {
  vfloat second = load_some(a->second + j, n);
  first = fma_(b1, first, r1 * g);
  second = fma_(b2, second, r2 * g * g);
  store_some(a->first + j, first, n);
  store_some(a->second + j, second, n);
  vfloat kept = p - splat(a->decay_step) * p;
  store_some(a->parameter + j, kept - rate * first / fma_(ROOT(second), correction, epsilon), n);
})

OPTIMIZER_KERNEL(adagrad, {
  g = fma_(decay, p, g);
  first = fma_(g, g, first);
  store_some(a->first + j, first, n);
  store_some(a->parameter + j, p - rate * g / (ROOT(first) + epsilon), n);
})

OPTIMIZER_KERNEL(adadelta, {
  vfloat second = load_some(a->second + j, n);
  g = fma_(decay, p, g);
  first = fma_(b1, first, r1 * g * g);
  vfloat d = g * (ROOT(second + epsilon) / ROOT(first + epsilon));
  second = fma_(b1, second, r1 * d * d);
  store_some(a->first + j, first, n);
  store_some(a->second + j, second, n);
  store_some(a->parameter + j, p - rate * d, n);
})

OPTIMIZER_KERNEL(rmsprop, {
  g = fma_(decay, p, g);
  first = fma_(b1, first, r1 * g * g);
  store_some(a->first + j, first, n);
  vfloat d = g / (ROOT(first) + epsilon);
  if (a->second) {
    d = fma_(b2, load_some(a->second + j, n), d);
    store_some(a->second + j, d, n);
  }
  store_some(a->parameter + j, p - rate * d, n);
})

OPTIMIZER_KERNEL(adamax, {
  vfloat second = load_some(a->second + j, n);
  g = fma_(decay, p, g);
  first = fma_(b1, first, r1 * g);
  second = max_(b2 * second, __builtin_elementwise_abs(g) + epsilon);
  store_some(a->first + j, first, n);
  store_some(a->second + j, second, n);
  store_some(a->parameter + j, p - rate * first / second, n);
})

OPTIMIZER_KERNEL(lamb_direction, {
  vfloat second = load_some(a->second + j, n);
  first = fma_(b1, first, r1 * g);
  second = fma_(b2, second, r2 * g * g);
  store_some(a->first + j, first, n);
  store_some(a->second + j, second, n);
  vfloat direction = rate * first / fma_(ROOT(second), correction, epsilon);
  store_some(a->gradient + j, fma_(decay, p, direction), n);
})

const ck_table TABLE = {
    .functions =
        {
            [CK_CONVERT] = convert,
            [CK_ROW_PRODUCT] = row_product,
            [CK_QUANTIZE_ROWS] = quantize_rows,
            [CK_PUT_COLUMNS] = put_columns,
            [CK_MULTIPLY_ROWS] = multiply_rows,
            [CK_MULTIPLY_ROWS_BACKWARD] = multiply_rows_backward,
            [CK_LSTM_FORWARD] = lstm_forward,
            [CK_LSTM_BACKWARD] = lstm_backward,
            [CK_GRU_FORWARD] = gru_forward,
            [CK_GRU_BACKWARD] = gru_backward,
            [CK_ELMAN_FORWARD] = elman_forward,
            [CK_ELMAN_BACKWARD] = elman_backward,
            [CK_GATHER_ROWS] = gather_rows,
            [CK_SCATTER_ADD_ROWS] = scatter_add_rows,
            [CK_COLUMN_SUMS] = column_sums,
            [CK_ADD_BIAS] = add_bias,
            [CK_SOFTMAX_CROSS_ENTROPY] = softmax_cross_entropy,
            [CK_WEIGHT_NORM_FORWARD] = weight_norm_forward,
            [CK_WEIGHT_NORM_BACKWARD] = weight_norm_backward,
            [CK_DROPOUT] = dropout,
            [CK_SCALE_ADD] = scale_add,
            [CK_SQUARE_SUMS] = square_sums,
            [CK_ADAM] = adam,
            [CK_MULTIPLY_ADD_LOOP] = multiply_add_loop,
            [CK_MEMORY_READ_LOOP] = memory_read_loop,
            [CK_SGD_MOMENTUM] = sgd_momentum,
            [CK_ADAMW] = adamw,
            [CK_ADAGRAD] = adagrad,
            [CK_ADADELTA] = adadelta,
            [CK_RMSPROP] = rmsprop,
            [CK_ADAMAX] = adamax,
            [CK_LAMB_DIRECTION] = lamb_direction,
        },
    .apply = apply,
    .multiply_add_operations = 2 * CHAINS * LANES,
};
