/*
 * A vector of LANES floats and the elementary functions on it, for the instruction set of the including file.
 * No include guard: each instruction set has its own copy.
 */

typedef float vfloat __attribute__((vector_size(LANES * 4)));
typedef int32_t vint __attribute__((vector_size(LANES * 4)));
typedef uint32_t vuint __attribute__((vector_size(LANES * 4)));

typedef uint16_t vhalf __attribute__((vector_size(LANES * 2)));

#define INLINE static inline __attribute__((always_inline))

/* Taking away zero changes nothing, and costs nothing; adding it would turn -0. */
INLINE vfloat splat(float x) { return x - (vfloat){0}; }
INLINE vint isplat(int32_t x) { return (vint){0} + x; }

INLINE vfloat load(const float *p) {
  vfloat v;
  memcpy(&v, p, sizeof v);
  return v;
}

INLINE void store(float *p, vfloat v) { memcpy(p, &v, sizeof v); }

/* The first n lanes; the others are zero. */
INLINE vfloat load_part(const float *p, long n) {
  float lanes[LANES] = {0};
  for (long k = 0; k < n; k++) lanes[k] = p[k];
  return load(lanes);
}

INLINE void store_part(float *p, vfloat v, long n) {
  float lanes[LANES];
  store(lanes, v);
  for (long k = 0; k < n; k++) p[k] = lanes[k];
}

/* Loads and stores a whole vector or, at a row's end, n < LANES lanes. */
INLINE vfloat load_some(const float *p, long n) { return n >= LANES ? load(p) : load_part(p, n); }
INLINE void store_some(float *p, vfloat v, long n) {
  if (n >= LANES) store(p, v);
  else store_part(p, v, n);
}

INLINE vfloat fma_(vfloat a, vfloat b, vfloat c) {
#if HAS_FMA
  return __builtin_elementwise_fma(a, b, c);
#else
  return a * b + c;
#endif
}

INLINE vuint select_bits(vint mask, vuint a, vuint b) { return (a & (vuint)mask) | (b & ~(vuint)mask); }

INLINE vfloat from_bfloat16(vhalf x) { return (vfloat)(__builtin_convertvector(x, vuint) << 16); }

/* Rounds to nearest even; NaN stays NaN. */
INLINE vhalf to_bfloat16(vfloat x) {
  vuint bits = (vuint)x;
  vuint rounded = bits + 0x7FFFu + ((bits >> 16) & 1u);
  return __builtin_convertvector(select_bits(x == x, rounded, bits | 0x400000u) >> 16, vhalf);
}

#if HAS_F16C && LANES == 16
INLINE vfloat from_float16(vhalf x) { return (vfloat)_mm512_cvtph_ps((__m256i)x); }
INLINE vhalf to_float16(vfloat x) {
  return (vhalf)_mm512_cvtps_ph((__m512)x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}
#elif HAS_F16C
INLINE vfloat from_float16(vhalf x) { return (vfloat)_mm256_cvtph_ps((__m128i)x); }
INLINE vhalf to_float16(vfloat x) { return (vhalf)_mm256_cvtps_ph((__m256)x, _MM_FROUND_TO_NEAREST_INT); }
#else
/* Exponents are moved by 112; subnormals are whole multiples of 2^-24. */
INLINE vfloat from_float16(vhalf x) {
  vuint half = __builtin_convertvector(x, vuint), magnitude = half & 0x7FFFu;
  vuint normal = (magnitude << 13) + (112u << 23);
  normal += (vuint)(magnitude >= 0x7C00u) & (112u << 23);
  vuint subnormal = (vuint)(__builtin_convertvector(magnitude, vfloat) * 5.9604644775390625e-8f);
  return (vfloat)(select_bits(magnitude < 0x400u, subnormal, normal) | (half & 0x8000u) << 16);
}

/* Rounds to nearest even; above 65,519 infinity; NaN stays NaN. Adding 0.5 rounds subnormals to multiples of 2^-24. */
INLINE vhalf to_float16(vfloat x) {
  vuint bits = (vuint)x, magnitude = bits & 0x7FFFFFFFu;
  vuint normal = (magnitude + 0xFFFu + ((magnitude >> 13) & 1u) - (112u << 23)) >> 13;
  vuint subnormal = (vuint)((vfloat)magnitude + 0.5f) - 0x3F000000u;
  vuint half = select_bits(magnitude < 0x38800000u, subnormal, normal);
  half = select_bits(magnitude >= 0x47800000u, select_bits(magnitude > 0x7F800000u, half * 0u + 0x7E00u, half * 0u + 0x7C00u), half);
  return __builtin_convertvector(half | (bits >> 16 & 0x8000u), vhalf);
}
#endif

/* Element i of an array of `type`, and the n - 1 behind it; lanes from n on are zero. */
INLINE vfloat load_as(ck_element type, const void *p, long i, long n) {
  if (type == CK_FLOAT32) return load_some((const float *)p + i, n);
  vhalf x = {0};
  if (n >= LANES) memcpy(&x, (const uint16_t *)p + i, sizeof x);
  else
    for (long k = 0; k < n; k++) x[k] = ((const uint16_t *)p)[i + k];
  return type == CK_BFLOAT16 ? from_bfloat16(x) : from_float16(x);
}

INLINE void store_as(ck_element type, void *p, long i, vfloat v, long n) {
  if (type == CK_FLOAT32) {
    store_some((float *)p + i, v, n);
    return;
  }
  vhalf x = type == CK_BFLOAT16 ? to_bfloat16(v) : to_float16(v);
  if (n >= LANES) memcpy((uint16_t *)p + i, &x, sizeof x);
  else
    for (long k = 0; k < n; k++) ((uint16_t *)p)[i + k] = x[k];
}

/* Calls body(arguments, begin, end, type) with `type` a constant, so that each type has a loop of its own. */
#define FOR_EACH_TYPE(name, arguments_type, field)                                        \
  KERNEL(name) {                                                                          \
    switch (((const arguments_type *)arguments)->field) {                                 \
      case CK_BFLOAT16: name##_as(arguments, begin, end, CK_BFLOAT16); break;             \
      case CK_FLOAT16: name##_as(arguments, begin, end, CK_FLOAT16); break;               \
      default: name##_as(arguments, begin, end, CK_FLOAT32);                              \
    }                                                                                     \
  }

/* The elements j and the n - 1 behind it of units begin ..< end of a flat array, a vector at a time. */
#define FOR_FLAT_BLOCKS(count)                                                                            \
  for (long j = begin * CK_FLAT_BLOCK, to_ = end * CK_FLAT_BLOCK < (count) ? end * CK_FLAT_BLOCK : (count), \
            n = to_ - j;                                                                                  \
       j < to_; j += LANES, n = to_ - j)

/* Cuts unit u of a (row, column block) kernel: its row, first column and past-the-end column. */
#define ROW_BLOCKS(width) (((width) + CK_COLUMN_BLOCK - 1) / CK_COLUMN_BLOCK)
#define CUT(u, width)                                                                                        \
  const long blocks_ = ROW_BLOCKS(width), row = (u) / blocks_, from = (u) % blocks_ * CK_COLUMN_BLOCK,      \
             to = from + CK_COLUMN_BLOCK < (width) ? from + CK_COLUMN_BLOCK : (width)

INLINE vfloat max_(vfloat a, vfloat b) { return __builtin_elementwise_max(a, b); }
INLINE vfloat min_(vfloat a, vfloat b) { return __builtin_elementwise_min(a, b); }
INLINE vfloat select_(vint mask, vfloat a, vfloat b) {
  return (vfloat)(((vint)a & mask) | ((vint)b & ~mask));
}

INLINE float sum_lanes(vfloat v) {
  float lanes[LANES], total = 0;
  store(lanes, v);
  for (int k = 0; k < LANES; k++) total += lanes[k];
  return total;
}

INLINE float max_lane(vfloat v) {
  float lanes[LANES];
  store(lanes, v);
  float best = lanes[0];
  for (int k = 1; k < LANES; k++) best = lanes[k] > best ? lanes[k] : best;
  return best;
}

/*
 * e^x with a relative error below 2 units in the last place: x = n ln 2 + r, polynomial in r (coefficients from
 * analysis/fit_polynomials.py), n added to the exponent. 0 where the result would be below the normal numbers, and of
 * -infinity; infinity above the largest; NaN stays NaN.
 */
INLINE vfloat exp_(vfloat x) {
  const vfloat magic = splat(12582912.0f); /* 1.5 * 2^23: adding it rounds to an integer in the low bits */
  const vfloat lowest = splat(-87.33654f), highest = splat(88.72283f); /* -126 ln 2 and 128 ln 2, just inside */
  vfloat clamped = min_(max_(x, lowest), highest);
  vfloat shifted = fma_(clamped, splat(1.44269504f), magic);
  vfloat n = shifted - magic;
  vfloat r = fma_(n, splat(-0.693359375f), clamped);
  r = fma_(n, splat(2.12194440e-4f), r);
  vfloat p = splat(0.001394652627f);
  p = fma_(p, r, splat(0.00836921555f));
  p = fma_(p, r, splat(0.04166626216f));
  p = fma_(p, r, splat(0.1666651547f));
  p = fma_(p, r, splat(0.5000000081f));
  vfloat y = fma_(r * r, p, r) + splat(1.0f);
  vint exponent = ((vint)shifted - (vint)magic) << 23;
  vfloat result = (vfloat)((vint)y + exponent);
  result = select_(x < lowest, splat(0), result);
  result = select_(x > highest, splat(INFINITY), result);
  return select_(x == x, result, x);
}

/* 1 / (1 + e^-x), absolute error below 2e-7. */
INLINE vfloat sigmoid_(vfloat x) { return splat(1.0f) / (splat(1.0f) + exp_(-x)); }

/* tanh x, relative error below 4e-7: an odd polynomial near zero, 1 - 2 / (e^2|x| + 1) elsewhere. */
INLINE vfloat tanh_(vfloat x) {
  vint sign = (vint)x & isplat((int32_t)0x80000000u);
  vfloat a = (vfloat)((vint)x ^ sign);
  vfloat u = a * a;
  vfloat q = splat(-0.005704647315f);
  q = fma_(q, u, splat(0.02063847568f));
  q = fma_(q, u, splat(-0.0537393764f));
  q = fma_(q, u, splat(0.1333143497f));
  q = fma_(q, u, splat(-0.3333328144f));
  vfloat near_zero = fma_(a * u, q, a);
  vfloat away = splat(1.0f) - splat(2.0f) / (exp_(a + a) + splat(1.0f));
  vfloat result = select_(a < splat(0.625f), near_zero, away);
  return (vfloat)((vint)result | sign);
}

/* erf x, absolute error below 3e-7: a rational function (as in Eigen), 1 to rounding beyond 4. */
INLINE vfloat erf_(vfloat x) {
  vfloat c = min_(max_(x, splat(-4.0f)), splat(4.0f)), u = c * c;
  vfloat p = splat(-2.72614225801306e-10f);
  p = fma_(p, u, splat(2.77068142495902e-08f));
  p = fma_(p, u, splat(-2.10102402082508e-06f));
  p = fma_(p, u, splat(-5.69250639462346e-05f));
  p = fma_(p, u, splat(-7.34990630326855e-04f));
  p = fma_(p, u, splat(-2.95459980854025e-03f));
  p = fma_(p, u, splat(-1.60960333262415e-02f));
  vfloat q = splat(-1.45660718464996e-05f);
  q = fma_(q, u, splat(-2.13374055278905e-04f));
  q = fma_(q, u, splat(-1.68282697438203e-03f));
  q = fma_(q, u, splat(-7.37332916720468e-03f));
  q = fma_(q, u, splat(-1.42647390514189e-02f));
  return select_(x == x, c * p / q, x);
}
