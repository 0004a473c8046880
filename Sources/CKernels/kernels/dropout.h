/* Dropout. */
#pragma once

/*
 * out[i] = in[i] / (1 - p) where the hash of (key, i) keeps element i, else 0. The same call on gradients is the
 * backward pass. Unit = flat block.
 */
typedef struct {
  const void *in;
  void *out;
  ck_element type;
  uint64_t key;
  float probability;
  long count;
} ck_dropout_args;
CK_KERNEL(dropout, ck_dropout_args)

#ifdef CK_BODIES

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

#endif
