#ifndef KERNEL_TABLE_H
#define KERNEL_TABLE_H

#include "CKernels.h"

typedef void (*ck_range_function)(const void *arguments, long begin, long end);

/* One instruction set's versions of all kernels. */
typedef struct {
  ck_range_function functions[CK_KERNEL_COUNT];
  void (*apply)(ck_function, const float *, float *, long);
  long multiply_add_operations;
} ck_table;

extern const ck_table ck_table_portable;
#if defined(__x86_64__)
extern const ck_table ck_table_avx2;
extern const ck_table ck_table_avx512;
#endif

#endif
