#include "kernel_table.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/*
 * The public entry points of libgomp. oneDNN and OpenBLAS run on the same library, so that all loops of the process
 * share one pool of threads; Swift's clang would emit calls to another OpenMP runtime for pragmas.
 */
extern void GOMP_parallel(void (*function)(void *), void *data, unsigned threads, unsigned flags);
extern int omp_get_thread_num(void);
extern int omp_get_num_threads(void);
extern int omp_get_max_threads(void);
extern void omp_set_num_threads(int);

int ck_thread_count(void) { return omp_get_max_threads(); }

void ck_set_thread_count(int count) { omp_set_num_threads(count < 1 ? 1 : count); }

typedef struct {
  const char *name;
  const ck_table *table;
} instruction_set;

static instruction_set choose(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  int has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c");
  int has_avx512 = has_avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                   __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  int has_bf16 = has_avx512 && __builtin_cpu_supports("avx512bf16");
  /* Best first; a forced one must be named exactly. */
  const struct {
    instruction_set set;
    int is_there;
  } sets[] = {{{"avx512-bf16", &ck_table_avx512}, has_bf16},
              {{"avx512", &ck_table_avx512}, has_avx512},
              {{"avx2", &ck_table_avx2}, has_avx2},
              {{"portable", &ck_table_portable}, 1}};
  const char *forced = getenv("SENTIMENT_KERNELS");
  const int count = sizeof sets / sizeof sets[0];
  for (int k = 0; forced && k < count; k++)
    if (sets[k].is_there && strcmp(forced, sets[k].set.name) == 0) return sets[k].set;
  for (int k = 0; k < count; k++)
    if (sets[k].is_there) return sets[k].set;
#endif
  return (instruction_set){"portable", &ck_table_portable};
}

static instruction_set chosen;
static pthread_once_t choice = PTHREAD_ONCE_INIT;

static void make_choice(void) { chosen = choose(); }

static const ck_table *table(void) {
  pthread_once(&choice, make_choice);
  return chosen.table;
}

const char *ck_instruction_set(void) {
  pthread_once(&choice, make_choice);
  return chosen.name;
}

typedef struct {
  ck_range_function function;
  const void *arguments;
  long units;
} job;

static void run_share(void *data) {
  const job *work = data;
  long threads = omp_get_num_threads(), thread = omp_get_thread_num();
  long begin = work->units * thread / threads, end = work->units * (thread + 1) / threads;
  if (begin < end) work->function(work->arguments, begin, end);
}

void ck_run(ck_kernel kernel, const void *arguments, long units, long grain) {
  if (units <= 0) return;
  ck_range_function function = table()->functions[kernel];
  long threads = omp_get_max_threads();
  if (grain > 0 && units / grain < threads) threads = units / grain;
  if (threads <= 1) {
    function(arguments, 0, units);
    return;
  }
  job work = {function, arguments, units};
  GOMP_parallel(run_share, &work, (unsigned)threads, 0);
}

void ck_apply(ck_function function, const float *in, float *out, long count) {
  table()->apply(function, in, out, count);
}

long ck_multiply_add_operations(void) { return table()->multiply_add_operations; }
