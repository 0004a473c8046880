#ifndef CONEDNN_H
#define CONEDNN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The part of oneDNN in use, in words that are the same for its versions 2 and 3.
//
// Functions that make something return NULL when the library refuses; what they make is freed with the function beside
// them. Matrices are row-major.

typedef enum { OD_FLOAT32, OD_BFLOAT16, OD_FLOAT16, OD_INT8 } od_type;

// Instruction sets from the least to the most.
typedef enum { OD_ISA_SSE41, OD_ISA_AVX2, OD_ISA_AVX512, OD_ISA_AVX512_VNNI, OD_ISA_AVX512_BF16, OD_ISA_ALL } od_isa;

// Compiled products that the library itself keeps.
void od_keep(int count);
// Version of the library in use.
void od_version(int *major, int *minor, int *patch);
// Keeps the library to an instruction set; possible only before its first use.
void od_restrict(od_isa isa);
// The instruction set that the library uses; OD_ISA_ALL for one beyond the list.
od_isa od_effective_isa(void);

// The processor with its queue of work.
typedef struct od_engine od_engine;
od_engine *od_engine_create(void);
void od_engine_destroy(od_engine *engine);

// How the numbers of a matrix lie in memory.
typedef struct od_layout od_layout;
// `[rows, columns]`, or the transpose of a matrix that lies as `[columns, rows]`.
od_layout *od_layout_plain(int64_t rows, int64_t columns, bool transposed, od_type type);
// What the library likes best for `b [inner, columns]` in products with `rows` rows.
od_layout *od_layout_preferred(od_engine *engine, int64_t rows, int64_t inner, int64_t columns, od_type type);
size_t od_layout_byte_count(const od_layout *layout);
void od_layout_destroy(od_layout *layout);

// The change of a matrix from one layout to another.
typedef struct od_reorder od_reorder;
od_reorder *od_reorder_create(od_engine *engine, const od_layout *from, const od_layout *to);
// 0, or the library's status.
int od_reorder_run(od_reorder *reorder, void *from, void *to);
void od_reorder_destroy(od_reorder *reorder);

// `c = a · b`, plus `c` when it accumulates; compiled once for its layouts.
typedef struct od_product od_product;
od_product *od_product_create(
  od_engine *engine, const od_layout *a, const od_layout *b, const od_layout *c, bool accumulate);
// 0, or the library's status.
int od_product_run(od_product *product, void *a, void *b, void *c);
void od_product_destroy(od_product *product);

#endif
