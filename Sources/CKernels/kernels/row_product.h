/* Products with one row, and rows rounded to eight bits for them. */
#pragma once

/*
 * out[r] = <row r of weights, x>, unit = row: each weight is read once. For CK_INT8, `x` holds int16 numbers and the sum
 * is multiplied by scales[r].
 */
typedef struct {
  const void *weights;
  ck_element type;
  const void *x;
  const float *scales;
  float *out;
  long width;
  int32_t accumulate;
} ck_row_product_args;
CK_KERNEL(row_product, ck_row_product_args)

/* scales[r] = max |row r| / 127, out[r] = round(row r / scales[r]), unit = row. */
typedef struct {
  const float *rows;
  int8_t *out;
  float *scales;
  long width;
} ck_quantize_rows_args;
CK_KERNEL(quantize_rows, ck_quantize_rows_args)

#ifdef CK_BODIES

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

KERNEL(row_product) {
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

KERNEL(quantize_rows) {
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

#endif
