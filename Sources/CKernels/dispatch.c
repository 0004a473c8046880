#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

typedef void ck_range_function(const void *arguments, long begin, long end);

/* The versions of a kernel, worst first; run_kernel spreads the units of the best over the threads. */
enum { PORTABLE, AVX2, AVX512 };
static void run_kernel(ck_range_function *const versions[], const void *arguments, long units, long grain);

#if defined(__x86_64__)
#define VERSIONS(name) ck_##name##_portable, ck_##name##_avx2, ck_##name##_avx512
#else
#define VERSIONS(name) ck_##name##_portable
#endif

#define CK_KERNEL(name, arguments_type)                                             \
  ck_range_function VERSIONS(name);                                                 \
  void ck_##name(const arguments_type *arguments, long units, long grain) {         \
    static ck_range_function *const versions[] = {VERSIONS(name)};                  \
    run_kernel(versions, arguments, units, grain);                                  \
  }

#include "CKernels.h"

/*
 * The public entry points of libgomp. oneDNN and OpenBLAS run on the same library, so that all loops of the process
 * share one pool of threads; Swift's clang would emit calls to another OpenMP runtime for pragmas.
 */
extern void GOMP_parallel(void (*function)(void *), void *data, unsigned threads, unsigned flags);
extern int omp_get_thread_num(void);
extern int omp_get_num_threads(void);
extern int omp_get_max_threads(void);
extern void omp_set_num_threads(int);

/* OpenMP keeps its number for each thread that asks; this is the one for all. Zero until somebody wants to know. */
static atomic_int thread_count;

int ck_thread_count(void) {
  int count = atomic_load_explicit(&thread_count, memory_order_relaxed);
  if (count > 0) return count;
  int expected = 0;
  count = omp_get_max_threads();
  return atomic_compare_exchange_strong(&thread_count, &expected, count) ? count : expected;
}

void ck_set_thread_count(int count) { atomic_store(&thread_count, count < 1 ? 1 : count); }

void ck_adopt_thread_count(void) {
  int count = ck_thread_count();
  if (omp_get_max_threads() != count) omp_set_num_threads(count);
}

typedef struct {
  const char *name;
  int level;
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
  } sets[] = {{{"avx512-bf16", AVX512}, has_bf16},
              {{"avx512", AVX512}, has_avx512},
              {{"avx2", AVX2}, has_avx2},
              {{"portable", PORTABLE}, 1}};
  const char *forced = getenv("SENTIMENT_KERNELS");
  const int count = sizeof sets / sizeof sets[0];
  for (int k = 0; forced && k < count; k++)
    if (sets[k].is_there && strcmp(forced, sets[k].set.name) == 0) return sets[k].set;
  for (int k = 0; k < count; k++)
    if (sets[k].is_there) return sets[k].set;
#endif
  return (instruction_set){"portable", PORTABLE};
}

static instruction_set chosen;
static pthread_once_t choice = PTHREAD_ONCE_INIT;

static void make_choice(void) { chosen = choose(); }

static int level(void) {
  pthread_once(&choice, make_choice);
  return chosen.level;
}

long ck_panel_width(void) { return level() == AVX512 ? 32 : level() == AVX2 ? 16 : 8; }

const char *ck_instruction_set(void) {
  pthread_once(&choice, make_choice);
  return chosen.name;
}

typedef struct {
  ck_range_function *function;
  const void *arguments;
  long units;
} job;

static void run_share(void *data) {
  const job *work = data;
  long threads = omp_get_num_threads(), thread = omp_get_thread_num();
  long begin = work->units * thread / threads, end = work->units * (thread + 1) / threads;
  if (begin < end) work->function(work->arguments, begin, end);
}

void ck_parallel(ck_range_function *function, const void *arguments, long units, long grain) {
  if (units <= 0) return;
  long threads = ck_thread_count();
  if (grain > 0 && units / grain < threads) threads = units / grain;
  if (threads <= 1) {
    function(arguments, 0, units);
    return;
  }
  job work = {function, arguments, units};
  GOMP_parallel(run_share, &work, (unsigned)threads, 0);
}

static void run_kernel(ck_range_function *const versions[], const void *arguments, long units, long grain) {
  if (units > 0) ck_parallel(versions[level()], arguments, units, grain);
}
