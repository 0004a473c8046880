/* What the processor can do at most, for benchmarks. */
#pragma once

/*
 * Nothing but independent fused multiply-adds on registers, to measure what the processor can do: each unit does
 * `rounds` rounds and adds its sum to sink[unit]. `operations` receives the float operations of one round.
 */
typedef struct {
  float *sink;
  long rounds;
  long *operations;
} ck_multiply_add_loop_args;
CK_KERNEL(multiply_add_loop, ck_multiply_add_loop_args)

/* Floats of one work unit of the loop below. */
#define CK_MEMORY_READ_BLOCK 65536

/*
 * Nothing but loads, to measure how fast memory is read: sink[unit] = sum of block `unit` of `values`. The array must be
 * much larger than the caches.
 */
typedef struct {
  const float *values;
  float *sink;
} ck_memory_read_loop_args;
CK_KERNEL(memory_read_loop, ck_memory_read_loop_args)

#ifdef CK_BODIES

/* Enough independent chains to hide the latency of the multiply-add on two ports. */
#define CHAINS 12

KERNEL(multiply_add_loop) {
  const ck_multiply_add_loop_args *a = arguments;
  if (begin == 0) *a->operations = 2 * CHAINS * LANES;
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

KERNEL(memory_read_loop) {
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

#endif
