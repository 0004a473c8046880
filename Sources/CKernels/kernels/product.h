/* Matrix products whose second operand was arranged in panels before (Goto and van de Geijn 2008). */
#pragma once

/* Rows of the result that are computed with one copy of the first operand, which stays in the second cache. */
#define CK_ROW_CHUNK 256

/* Columns of a panel: two vectors of the instruction set in use. */
long ck_panel_width(void);

/*
 * Arranges b [inner, columns] in panels: out[block of inner][panel][inner][panel width], with zeros beyond the last column.
 * Element (k, j) is read at k * inner_stride + j * column_stride, one of which is 1. CK_INT8 is read from CK_INT8 alone.
 * Unit = panel.
 */
typedef struct {
  const void *b;
  ck_element type;
  long inner_stride;
  long column_stride;
  long inner;
  long columns;
  void *out;
  ck_element out_type;
} ck_pack_panels_args;
CK_KERNEL(pack_panels, ck_pack_panels_args)

/*
 * c [rows, columns] = a · b, plus c when accumulate, with b as ck_pack_panels leaves it, times scales[j] where b is CK_INT8;
 * `scales` has a number for each column of the panels.
 * Element (i, k) of a is read at i * row_stride + k * inner_stride. Unit = (chunk of rows, panel). The order of
 * additions does not depend on the threads, nor on the other rows.
 */
typedef struct {
  const void *a;
  ck_element a_type;
  long row_stride;
  long inner_stride;
  const void *b;
  ck_element b_type;
  const float *scales;
  float *c;
  long c_stride;
  long rows;
  long columns;
  long inner;
  int32_t accumulate;
} ck_panel_product_args;
CK_KERNEL(panel_product, ck_panel_product_args)

#ifdef CK_BODIES

#define PANEL (2 * LANES)

/* Rows of the second operand that lie together: a panel's part of them stays in the nearest cache. */
#define INNER_BLOCK 256

/* Rows of a tile: as many as leave registers for a row of the panel and an element of the first operand. */
#if LANES == 16
#define TILE 12
#else
#define TILE 6
#endif

/* Floats between the rows of a copy of the first operand. */
#define ROW_STRIDE (INNER_BLOCK + 16)

/* Bytes of an element. */
INLINE long element_bytes(ck_element type) { return type == CK_FLOAT32 ? 4 : type == CK_INT8 ? 1 : 2; }

/* Columns of a block, in place: element (k, j) of `width` columns is at out[k * PANEL + j]. */
#define GATHER(element)                                                                                        \
  do {                                                                                                         \
    const element *in = (const element *)a->b + block * a->inner_stride + first * a->column_stride;            \
    element *to = target;                                                                                      \
    if (a->column_stride == 1 && width == PANEL)                                                               \
      for (long k = 0; k < depth; k++) memcpy(to + k * PANEL, in + k * a->inner_stride, PANEL * sizeof *to);   \
    else if (a->column_stride == 1)                                                                            \
      for (long k = 0; k < depth; k++)                                                                         \
        for (long j = 0; j < width; j++) to[k * PANEL + j] = in[k * a->inner_stride + j];                      \
    else                                                                                                       \
      for (long j = 0; j < width; j++)                                                                         \
        for (long k = 0; k < depth; k++) to[k * PANEL + j] = in[j * a->column_stride + k * a->inner_stride];   \
    for (long k = 0; k < depth; k++)                                                                           \
      for (long j = width; j < PANEL; j++) to[k * PANEL + j] = 0;                                              \
  } while (0)

KERNEL(pack_panels) {
  const ck_pack_panels_args *a = arguments;
  const long panels = (a->columns + PANEL - 1) / PANEL;
  float room[INNER_BLOCK * PANEL] __attribute__((aligned(64)));
  for (long panel = begin; panel < end; panel++) {
    const long first = panel * PANEL, width = a->columns - first < PANEL ? a->columns - first : PANEL;
    for (long block = 0; block < a->inner; block += INNER_BLOCK) {
      const long depth = a->inner - block < INNER_BLOCK ? a->inner - block : INNER_BLOCK;
      const long out = (block * panels + panel * depth) * PANEL;
      /* Numbers that keep their type go straight to their place. */
      void *target = a->type == a->out_type ? (char *)a->out + out * element_bytes(a->out_type) : (void *)room;
      switch (a->type) {
        case CK_FLOAT32: GATHER(float); break;
        case CK_INT8: GATHER(int8_t); break;
        default: GATHER(uint16_t);
      }
      if (a->type == a->out_type) continue;
      for (long k = 0; k < depth * PANEL; k += LANES)
        store_as(a->out_type, a->out, out + k, load_as(a->type, room, k, LANES), LANES);
    }
  }
}

/* sums += a · b for one row of the panel. */
INLINE void add_products(int rows, const float *a, long row_stride, const float *b, vfloat sums[TILE][2]) {
  const vfloat left = load(b), right = load(b + LANES);
  for (int i = 0; i < rows; i++) {
    const vfloat x = splat(a[i * row_stride]);
    sums[i][0] = fma_(x, left, sums[i][0]);
    sums[i][1] = fma_(x, right, sums[i][1]);
  }
}

/*
 * c (rows of `stride`) = a · b, plus c when `adds`, for a tile: element (i, k) of a is at i * row_stride + k * step, and b is
 * a panel's part of `depth` rows.
 */
INLINE void tile(
    int rows, const float *a, long row_stride, long step, const float *b, long depth, float *c, long stride, int adds) {
  vfloat sums[TILE][2];
  for (int i = 0; i < rows; i++) {
    sums[i][0] = sums[i][1] = splat(0);
    __builtin_prefetch(c + i * stride, 1);
    __builtin_prefetch(c + i * stride + PANEL - 1, 1);
  }
  long k = 0;
  for (; k + 4 <= depth; k += 4) {
    for (int u = 0; u < 4; u++) add_products(rows, a + (k + u) * step, row_stride, b + (k + u) * PANEL, sums);
  }
  for (; k < depth; k++) add_products(rows, a + k * step, row_stride, b + k * PANEL, sums);
  for (int i = 0; i < rows; i++)
    for (int half = 0; half < 2; half++) {
      float *at = c + i * stride + half * LANES;
      store(at, adds ? load(at) + sums[i][half] : sums[i][half]);
    }
}

/* A tile of any height; each has a loop of its own, whose sums stay in registers. */
#define TILE_CASE(n)                                                                   \
  case n:                                                                              \
    if (by_rows) tile(n, a, ROW_STRIDE, 1, b, depth, c, stride, adds);                 \
    else tile(n, a, 1, n, b, depth, c, stride, adds);                                  \
    return;
static void any_tile(
    long rows, int by_rows, const float *a, const float *b, long depth, float *c, long stride, int adds) {
  switch (rows) {
    TILE_CASE(1) TILE_CASE(2) TILE_CASE(3) TILE_CASE(4) TILE_CASE(5) TILE_CASE(6)
#if TILE > 6
    TILE_CASE(7) TILE_CASE(8) TILE_CASE(9) TILE_CASE(10) TILE_CASE(11) TILE_CASE(12)
#endif
  }
}

/* First row of tile t when `rows` are cut in `tiles` of about the same height; also of chunks. */
INLINE long tile_start(long t, long rows, long tiles) { return t * rows / tiles; }

/* Copies a block of a row by row, far enough apart that rows do not compete for a place in the cache. */
INLINE void copy_rows(const ck_panel_product_args *a, long first, long rows, long block, long depth, float *out) {
  for (long i = 0; i < rows; i++) {
    const long start = (first + i) * a->row_stride + block;
    for (long k = 0; k < depth; k += LANES)
      store_some(out + i * ROW_STRIDE + k, load_as(a->a_type, a->a, start + k, depth - k), depth - k);
  }
}

/* Copies a block of a transposed a tile by tile, each with its rows side by side; it is read along its own rows. */
INLINE void copy_transposed(
    const ck_panel_product_args *a, long first, long rows, long tiles, long block, long depth, float *out) {
  const long end = a->inner * a->inner_stride;
  for (long k = 0; k < depth; k++)
    for (long t = 0; t < tiles; t++) {
      const long from = tile_start(t, rows, tiles), height = tile_start(t + 1, rows, tiles) - from;
      const long at = (block + k) * a->inner_stride + first + from;
      float *target = out + from * depth + k * height;
      /* A row may be longer than a vector. */
      for (long j = 0; j < height; j += LANES) {
        /* A whole vector where there is one: what is too much of it is written over by the next row. */
        if ((depth - k) * height - j >= LANES && at + j + LANES <= end)
          store(target + j, load_as(a->a_type, a->a, at + j, LANES));
        else store_some(target + j, load_as(a->a_type, a->a, at + j, height - j), height - j);
      }
    }
}

/* `depth` rows of a panel in float32, in `room` unless they are; `scales` are the panel's. */
INLINE const float *widened(
    ck_element type, const void *b, long at, long depth, const float *scales, float *room) {
  if (type == CK_FLOAT32) return (const float *)b + at;
  if (type == CK_INT8) {
    const int8_t *numbers = (const int8_t *)b + at;
    for (long k = 0; k < depth; k++)
      for (long j = 0; j < PANEL; j++) room[k * PANEL + j] = (float)numbers[k * PANEL + j] * scales[j];
  } else {
    for (long j = 0; j < depth * PANEL; j += LANES) store(room + j, load_as(type, b, at + j, LANES));
  }
  return room;
}

/* Tiles from which on a panel is in use long enough that the next one is asked for meanwhile. */
#define TILES_WORTH_FETCHING 8

/* Asks for memory that is read soon. */
INLINE void fetch(const char *from, const char *to) {
  for (; from < to; from += 64) __builtin_prefetch(from, 0, 2);
}

/* All tiles of one panel's columns, for one block: `b` is its part of the panel, `next` lies behind it in memory. */
INLINE void panel_columns(
    const ck_panel_product_args *a, const float *copy, long first, long rows, long column, const float *b, long depth,
    const char *next, int adds) {
  const int by_rows = a->inner_stride == 1;
  const long width = a->columns - column < PANEL ? a->columns - column : PANEL;
  const long tiles = (rows + TILE - 1) / TILE, bytes = depth * PANEL * element_bytes(a->b_type);
  float edge[TILE * PANEL] __attribute__((aligned(64)));
  for (long t = 0; t < tiles; t++) {
    const long row = tile_start(t, rows, tiles), height = tile_start(t + 1, rows, tiles) - row;
    const float *left = copy + row * (by_rows ? ROW_STRIDE : depth);
    float *c = a->c + (first + row) * a->c_stride + column;
    if (tiles >= TILES_WORTH_FETCHING) fetch(next + bytes * t / tiles, next + bytes * (t + 1) / tiles);
    if (width == PANEL) {
      any_tile(height, by_rows, left, b, depth, c, a->c_stride, adds);
      continue;
    }
    any_tile(height, by_rows, left, b, depth, edge, PANEL, 0);
    for (long i = 0; i < height; i++)
      for (long j = 0; j < width; j++) {
        float *at = c + i * a->c_stride + j;
        *at = adds ? *at + edge[i * PANEL + j] : edge[i * PANEL + j];
      }
  }
}

KERNEL(panel_product) {
  const ck_panel_product_args *a = arguments;
  const long panels = (a->columns + PANEL - 1) / PANEL, size = element_bytes(a->b_type);
  const long chunks = (a->rows + CK_ROW_CHUNK - 1) / CK_ROW_CHUNK;
  float copy[CK_ROW_CHUNK * ROW_STRIDE + LANES] __attribute__((aligned(64)));
  float room[INNER_BLOCK * PANEL] __attribute__((aligned(64)));

  for (long unit = begin; unit < end;) {
    const long chunk = unit / panels, from = unit % panels, to = from + end - unit < panels ? from + end - unit : panels;
    const long first = tile_start(chunk, a->rows, chunks), rows = tile_start(chunk + 1, a->rows, chunks) - first;
    for (long block = 0; block < a->inner; block += INNER_BLOCK) {
      const long depth = a->inner - block < INNER_BLOCK ? a->inner - block : INNER_BLOCK;
      if (a->inner_stride == 1) copy_rows(a, first, rows, block, depth, copy);
      else copy_transposed(a, first, rows, (rows + TILE - 1) / TILE, block, depth, copy);
      for (long panel = from; panel < to; panel++) {
        const long column = panel * PANEL, at = (block * panels + panel * depth) * PANEL;
        const float *b = widened(a->b_type, a->b, at, depth, a->scales ? a->scales + column : 0, room);
        panel_columns(
            a, copy, first, rows, column, b, depth, (const char *)a->b + (at + depth * PANEL) * size,
            a->accumulate || block > 0);
      }
    }
    unit += to - from;
  }
}

#endif
