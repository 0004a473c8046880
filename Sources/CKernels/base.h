/* What kernels have in common: types of numbers, sizes of work units, and how the loops are run. */
#pragma once

#include <stdint.h>

/* Names the instruction set in use: "avx512-bf16", "avx512", "avx2" or "portable". */
const char *ck_instruction_set(void);

/* Threads that kernels and the OpenMP libraries in this process use, on whichever thread they are called. */
int ck_thread_count(void);
void ck_set_thread_count(int count);

/* Makes the calling thread's OpenMP libraries use that number; kernels do so themselves. */
void ck_adopt_thread_count(void);

/* Calls `function` for parts of 0 ..< units that together are all of it, each of at least `grain` where there are several. */
void ck_parallel(void (*function)(const void *context, long begin, long end), const void *context, long units, long grain);

/* Tells the address sanitizer, where one watches, that `bytes` from `start` on are nobody's, or somebody's again. */
void ck_forbid_memory(const void *start, long bytes);
void ck_allow_memory(const void *start, long bytes);

/* Types of stored numbers. Arithmetic is float32 whatever the type. */
typedef enum { CK_FLOAT32, CK_BFLOAT16, CK_FLOAT16, CK_INT8 } ck_element;

/* Columns of one work unit of the kernels that cut rows in blocks. */
#define CK_COLUMN_BLOCK 256

/* Elements of one work unit of the kernels over flat arrays. */
#define CK_FLAT_BLOCK 4096

/*
 * CK_KERNEL(name, arguments) declares
 *
 *   void ck_name(const arguments *, long units, long grain)
 *
 * which runs units 0 ..< units of the kernel on the process's threads; `grain` is the least number of units worth a
 * thread of its own. Where bodies are compiled and where they are chosen among, the macro means something else.
 */
#ifndef CK_KERNEL
#define CK_KERNEL(name, arguments_type) void ck_##name(const arguments_type *arguments, long units, long grain);
#endif
