/* Rows of a table by index. */
#pragma once

/* out[r] = table[index[r]], unit = row. */
typedef struct {
  const float *table;
  const int32_t *index;
  float *out;
  long width;
} ck_gather_rows_args;
CK_KERNEL(gather_rows, ck_gather_rows_args)

/* table[index[r]] += rows[r] for r in order, unit = column block (so that threads never share an element). */
typedef struct {
  const void *rows;
  ck_element type;
  const int32_t *index;
  float *table;
  long row_count;
  long width;
} ck_scatter_add_rows_args;
CK_KERNEL(scatter_add_rows, ck_scatter_add_rows_args)

#ifdef CK_BODIES

KERNEL(gather_rows) {
  const ck_gather_rows_args *a = arguments;
  for (long row = begin; row < end; row++)
    memcpy(a->out + row * a->width, a->table + a->index[row] * a->width, sizeof(float) * (size_t)a->width);
}

INLINE void scatter_add_rows_as(const ck_scatter_add_rows_args *a, long begin, long end, ck_element type) {
  for (long block = begin; block < end; block++) {
    const long from = block * CK_COLUMN_BLOCK;
    const long to = from + CK_COLUMN_BLOCK < a->width ? from + CK_COLUMN_BLOCK : a->width;
    for (long row = 0; row < a->row_count; row++) {
      float *target = a->table + a->index[row] * a->width;
      for (long j = from; j < to; j += LANES) {
        long n = to - j;
        store_some(target + j, load_some(target + j, n) + load_as(type, a->rows, row * a->width + j, n), n);
      }
    }
  }
}
FOR_EACH_TYPE(scatter_add_rows, ck_scatter_add_rows_args, type)

#endif
