/* What the processor can do at most, for benchmarks. */

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
