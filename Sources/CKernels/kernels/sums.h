/* Sums of columns and of squares. */
#pragma once

/* out[j] = sum over rows of a[r][j] (+ out[j] when accumulate), unit = column block. */
typedef struct {
  const void *rows;
  ck_element type;
  float *out;
  long row_count;
  long width;
  int32_t accumulate;
} ck_column_sums_args;
CK_KERNEL(column_sums, ck_column_sums_args)

/* partial[block] = sum of squares of the block, unit = flat block. */
typedef struct {
  const float *x;
  double *partial;
  long count;
} ck_square_sums_args;
CK_KERNEL(square_sums, ck_square_sums_args)

#ifdef CK_BODIES

/*
 * Sums of up to CK_COLUMN_BLOCK columns over many rows: float32 over some rows, whose sum is added to a double, so that a
 * long column loses no digits.
 */
#define TOTAL_ROWS 64
typedef struct {
  float part[CK_COLUMN_BLOCK];
  double whole[CK_COLUMN_BLOCK];
} column_totals;

INLINE void add_to_totals(column_totals *t, long at, vfloat x, long n) {
  store_some(t->part + at, load_some(t->part + at, n) + x, n);
}

INLINE void gather_totals(column_totals *t, long width) {
  for (long j = 0; j < width; j++) {
    t->whole[j] += t->part[j];
    t->part[j] = 0;
  }
}

INLINE void end_totals_row(column_totals *t, long row, long width) {
  if ((row + 1) % TOTAL_ROWS == 0) gather_totals(t, width);
}

INLINE void put_totals(column_totals *t, float *out, long width, int32_t accumulate) {
  gather_totals(t, width);
  for (long j = 0; j < width; j++) out[j] = (float)((accumulate ? out[j] : 0) + t->whole[j]);
}

INLINE void column_sums_as(const ck_column_sums_args *a, long begin, long end, ck_element type) {
  for (long block = begin; block < end; block++) {
    const long from = block * CK_COLUMN_BLOCK;
    const long to = from + CK_COLUMN_BLOCK < a->width ? from + CK_COLUMN_BLOCK : a->width;
    column_totals totals = {0};
    for (long row = 0; row < a->row_count; row++) {
      for (long j = from; j < to; j += LANES)
        add_to_totals(&totals, j - from, load_as(type, a->rows, row * a->width + j, to - j), to - j);
      end_totals_row(&totals, row, to - from);
    }
    put_totals(&totals, a->out + from, to - from, a->accumulate);
  }
}
FOR_EACH_TYPE(column_sums, ck_column_sums_args, type)

KERNEL(square_sums) {
  const ck_square_sums_args *a = arguments;
  for (long block = begin; block < end; block++) {
    const long from = block * CK_FLAT_BLOCK, to = from + CK_FLAT_BLOCK < a->count ? from + CK_FLAT_BLOCK : a->count;
    vfloat sums = splat(0);
    for (long j = from; j < to; j += LANES) {
      vfloat x = load_some(a->x + j, to - j);
      sums = fma_(x, x, sums);
    }
    a->partial[block] = sum_lanes(sums);
  }
}

#endif
