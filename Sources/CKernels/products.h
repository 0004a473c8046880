/* Conversion between element types, and products with one row. */

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
