/* Table rows, biases, the loss, weight normalisation and dropout. */

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
