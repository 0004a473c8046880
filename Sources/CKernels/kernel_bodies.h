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

static void multiply_rows(const void *arguments, long begin, long end) {
  const ck_multiply_rows_args *a = arguments;
  for (long u = begin; u < end; u++) {
    CUT(u, a->width);
    const float *x = input_row(&a->input, row), *y = a->y + row * a->width;
    float *out = a->out + row * a->width;
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      store_some(out + j, load_some(x + j, n) * load_some(y + j, n), n);
    }
  }
}

static void multiply_rows_backward(const void *arguments, long begin, long end) {
  const ck_multiply_rows_backward_args *a = arguments;
  for (long u = begin; u < end; u++) {
    CUT(u, a->width);
    const float *x = input_row(&a->input, row);
    const long at = row * a->width;
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      vfloat d = load_some(a->gradient + at + j, n), y = load_some(a->y + at + j, n);
      store_some(a->input_gradient + at + j, d * y, n);
      store_some(a->y_gradient + at + j, d * load_some(x + j, n), n);
    }
  }
}

static void lstm_forward(const void *arguments, long begin, long end) {
  const ck_lstm_forward_args *a = arguments;
  const long width = a->width;
  for (long u = begin; u < end; u++) {
    CUT(u, width);
    const float *x = input_row(&a->input, row), *bias = a->bias;
    float *gates = a->gates + row * 4 * width;
    const long at = row * width;
    const vfloat keep = splat(a->next_keep ? a->next_keep[row] : 1.0f);
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      float *gi = gates + j, *gf = gi + width, *gg = gf + width, *go = gg + width;
      const float *xi = x + j, *bi = bias + j;
      vfloat i = sigmoid_(load_some(gi, n) + load_some(xi, n) + load_some(bi, n));
      vfloat f = sigmoid_(load_some(gf, n) + load_some(xi + width, n) + load_some(bi + width, n));
      vfloat g = tanh_(load_some(gg, n) + load_some(xi + 2 * width, n) + load_some(bi + 2 * width, n));
      vfloat o = sigmoid_(load_some(go, n) + load_some(xi + 3 * width, n) + load_some(bi + 3 * width, n));
      vfloat c = fma_(f, load_some(a->previous_cell + at + j, n), i * g);
      vfloat t = tanh_(c), h = o * t;
      store_some(a->hidden + at + j, h, n);
      if (a->tanh_cell) {
        store_some(gi, i, n);
        store_some(gf, f, n);
        store_some(gg, g, n);
        store_some(go, o, n);
        store_some(a->tanh_cell + at + j, t, n);
      }
      if (a->cell) store_some(a->cell + at + j, c, n);
      if (a->next_hidden) store_some(a->next_hidden + at + j, h * keep, n);
      if (a->next_cell) store_some(a->next_cell + at + j, c * keep, n);
    }
  }
}

static void lstm_backward(const void *arguments, long begin, long end) {
  const ck_lstm_backward_args *a = arguments;
  const long width = a->width;
  const vfloat one = splat(1.0f);
  for (long u = begin; u < end; u++) {
    CUT(u, width);
    const float *gates = a->gates + row * 4 * width;
    float *dz = a->gate_gradient + row * 4 * width;
    const long at = row * width;
    const vfloat next_keep = splat(a->next_keep ? a->next_keep[row] : 1.0f);
    const vfloat keep = splat(a->keep ? a->keep[row] : 1.0f);
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      vfloat i = load_some(gates + j, n), f = load_some(gates + width + j, n);
      vfloat g = load_some(gates + 2 * width + j, n), o = load_some(gates + 3 * width + j, n);
      vfloat t = load_some(a->tanh_cell + at + j, n);
      vfloat dh = fma_(load_some(a->hidden_carry + at + j, n), next_keep,
                       load_or_zero(a->output_gradient ? a->output_gradient + at + j : NULL, n));
      vfloat dc = load_some(a->cell_carry + at + j, n) + dh * o * (one - t * t);
      store_some(dz + j, dc * g * i * (one - i), n);
      store_some(dz + width + j, dc * load_some(a->previous_cell + at + j, n) * f * (one - f), n);
      store_some(dz + 2 * width + j, dc * i * (one - g * g), n);
      store_some(dz + 3 * width + j, dh * t * o * (one - o), n);
      store_some(a->cell_carry + at + j, dc * f * keep, n);
    }
  }
}

static void gru_forward(const void *arguments, long begin, long end) {
  const ck_gru_forward_args *a = arguments;
  const long width = a->width;
  for (long u = begin; u < end; u++) {
    CUT(u, width);
    const float *x = input_row(&a->input, row), *b = a->bias, *p = a->product + row * 3 * width;
    const long at = row * width;
    const vfloat keep = splat(a->next_keep ? a->next_keep[row] : 1.0f);
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      vfloat r = sigmoid_(load_some(x + j, n) + load_some(p + j, n) + load_some(b + j, n));
      vfloat z = sigmoid_(load_some(x + width + j, n) + load_some(p + width + j, n) + load_some(b + width + j, n));
      vfloat q = load_some(p + 2 * width + j, n) + load_some(b + 2 * width + j, n);
      vfloat c = tanh_(fma_(r, q, load_some(x + 2 * width + j, n)));
      vfloat h = fma_(z, load_some(a->previous_hidden + at + j, n) - c, c);
      if (a->saved) {
        float *saved = a->saved + row * 4 * width + j;
        store_some(saved, r, n);
        store_some(saved + width, z, n);
        store_some(saved + 2 * width, c, n);
        store_some(saved + 3 * width, q, n);
      }
      store_some(a->hidden + at + j, h, n);
      if (a->next_hidden) store_some(a->next_hidden + at + j, h * keep, n);
    }
  }
}

static void gru_backward(const void *arguments, long begin, long end) {
  const ck_gru_backward_args *a = arguments;
  const long width = a->width;
  const vfloat one = splat(1.0f);
  for (long u = begin; u < end; u++) {
    CUT(u, width);
    const float *saved = a->saved + row * 4 * width;
    float *dp = a->product_gradient + row * 3 * width, *dx = a->input_gradient + row * 3 * width;
    const long at = row * width;
    const vfloat next_keep = splat(a->next_keep ? a->next_keep[row] : 1.0f);
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      vfloat r = load_some(saved + j, n), z = load_some(saved + width + j, n);
      vfloat c = load_some(saved + 2 * width + j, n), q = load_some(saved + 3 * width + j, n);
      vfloat dh = fma_(load_some(a->hidden_carry + at + j, n), next_keep,
                       load_or_zero(a->output_gradient ? a->output_gradient + at + j : NULL, n));
      vfloat dn = dh * (one - z) * (one - c * c);
      vfloat dr = dn * q * r * (one - r);
      vfloat dz = dh * (load_some(a->previous_hidden + at + j, n) - c) * z * (one - z);
      store_some(dx + j, dr, n);
      store_some(dx + width + j, dz, n);
      store_some(dx + 2 * width + j, dn, n);
      store_some(dp + j, dr, n);
      store_some(dp + width + j, dz, n);
      store_some(dp + 2 * width + j, dn * r, n);
      store_some(a->hidden_carry + at + j, dh * z, n);
    }
  }
}

static void elman_forward(const void *arguments, long begin, long end) {
  const ck_elman_forward_args *a = arguments;
  const long width = a->width;
  for (long u = begin; u < end; u++) {
    CUT(u, width);
    const float *x = input_row(&a->input, row);
    const long at = row * width;
    const vfloat keep = splat(a->next_keep ? a->next_keep[row] : 1.0f);
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      vfloat z = load_some(x + j, n) + load_some(a->product + at + j, n) + load_some(a->bias + j, n);
      vfloat h = a->is_tanh ? tanh_(z) : select_(z < splat(0), splat(0), z); /* lets NaN through */
      store_some(a->hidden + at + j, h, n);
      if (a->next_hidden) store_some(a->next_hidden + at + j, h * keep, n);
    }
  }
}

static void elman_backward(const void *arguments, long begin, long end) {
  const ck_elman_backward_args *a = arguments;
  const long width = a->width;
  for (long u = begin; u < end; u++) {
    CUT(u, width);
    const long at = row * width;
    const vfloat next_keep = splat(a->next_keep ? a->next_keep[row] : 1.0f);
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      vfloat h = load_some(a->hidden + at + j, n);
      vfloat dh = fma_(load_some(a->hidden_carry + at + j, n), next_keep,
                       load_or_zero(a->output_gradient ? a->output_gradient + at + j : NULL, n));
      vfloat slope = a->is_tanh ? splat(1.0f) - h * h : select_(h > splat(0), splat(1.0f), splat(0));
      store_some(a->gate_gradient + at + j, dh * slope, n);
    }
  }
}

static void gather_rows(const void *arguments, long begin, long end) {
  const ck_gather_rows_args *a = arguments;
  for (long row = begin; row < end; row++)
    memcpy(a->out + row * a->width, a->table + a->index[row] * a->width, sizeof(float) * (size_t)a->width);
}

static void scatter_add_rows(const void *arguments, long begin, long end) {
  const ck_scatter_add_rows_args *a = arguments;
  for (long block = begin; block < end; block++) {
    const long from = block * CK_COLUMN_BLOCK;
    const long to = from + CK_COLUMN_BLOCK < a->width ? from + CK_COLUMN_BLOCK : a->width;
    for (long row = 0; row < a->row_count; row++) {
      const float *source = a->rows + row * a->width;
      float *target = a->table + a->index[row] * a->width;
      for (long j = from; j < to; j += LANES) {
        long n = to - j;
        store_some(target + j, load_some(target + j, n) + load_some(source + j, n), n);
      }
    }
  }
}

static void column_sums(const void *arguments, long begin, long end) {
  const ck_column_sums_args *a = arguments;
  for (long block = begin; block < end; block++) {
    const long from = block * CK_COLUMN_BLOCK;
    const long to = from + CK_COLUMN_BLOCK < a->width ? from + CK_COLUMN_BLOCK : a->width;
    float sums[CK_COLUMN_BLOCK] = {0};
    for (long row = 0; row < a->row_count; row++) {
      const float *source = a->rows + row * a->width;
      for (long j = from; j < to; j += LANES) {
        long n = to - j;
        store_some(sums + (j - from), load_some(sums + (j - from), n) + load_some(source + j, n), n);
      }
    }
    for (long j = from; j < to; j++) a->out[j] = (a->accumulate ? a->out[j] : 0) + sums[j - from];
  }
}

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

static void weight_norm_forward(const void *arguments, long begin, long end) {
  const ck_weight_norm_forward_args *a = arguments;
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
      store_some(a->weight + row * a->width + j, load_some(v + j, n) * factor, n);
    }
  }
}

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

static void dropout(const void *arguments, long begin, long end) {
  const ck_dropout_args *a = arguments;
  const vfloat scale = splat(1.0f / (1.0f - a->probability));
  const uint32_t threshold = (uint32_t)(a->probability * 16777216.0f);
  vuint lane;
  for (int k = 0; k < LANES; k++) lane[k] = (uint32_t)k;
  for (long block = begin; block < end; block++) {
    const long from = block * CK_FLAT_BLOCK, to = from + CK_FLAT_BLOCK < a->count ? from + CK_FLAT_BLOCK : a->count;
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      vint kept = (hash_(lane + (uint32_t)j, a->key) >> 8) >= threshold;
      store_some(a->out + j, select_(kept, load_some(a->in + j, n) * scale, splat(0)), n);
    }
  }
}

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

const ck_table TABLE = {
    .name = TABLE_NAME,
    .functions =
        {
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
        },
    .apply = apply,
    .multiply_add_operations = 2 * CHAINS * LANES,
};
