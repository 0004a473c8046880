#include "COneDNN.h"

#include <oneapi/dnnl/dnnl.h>
#include <stdlib.h>

struct od_engine {
  dnnl_engine_t engine;
  dnnl_stream_t stream;
};

// Version 3 hands out pointers to descriptions where version 2 copied them.
#if DNNL_VERSION_MAJOR >= 3
typedef dnnl_memory_desc_t description;
#define POINTER(layout) ((layout)->memory)
#else
typedef dnnl_memory_desc_t description;
#define POINTER(layout) (&(layout)->memory)
#endif

struct od_layout {
  description memory;
};

static dnnl_data_type_t data_type(od_type type) {
  switch (type) {
  case OD_BFLOAT16: return dnnl_bf16;
  case OD_FLOAT16: return dnnl_f16;
  case OD_INT8: return dnnl_s8;
  default: return dnnl_f32;
  }
}

void od_version(int *major, int *minor, int *patch) {
  const dnnl_version_t *version = dnnl_version();
  *major = version->major;
  *minor = version->minor;
  *patch = version->patch;
}

void od_keep(int count) { dnnl_set_primitive_cache_capacity(count); }

void od_restrict(od_isa isa) {
  switch (isa) {
  case OD_ISA_SSE41: dnnl_set_max_cpu_isa(dnnl_cpu_isa_sse41); break;
  case OD_ISA_AVX2: dnnl_set_max_cpu_isa(dnnl_cpu_isa_avx2); break;
  case OD_ISA_AVX512: dnnl_set_max_cpu_isa(dnnl_cpu_isa_avx512_core); break;
  case OD_ISA_AVX512_VNNI: dnnl_set_max_cpu_isa(dnnl_cpu_isa_avx512_core_vnni); break;
  case OD_ISA_AVX512_BF16: dnnl_set_max_cpu_isa(dnnl_cpu_isa_avx512_core_bf16); break;
  case OD_ISA_ALL: break;
  }
}

od_isa od_effective_isa(void) {
  switch (dnnl_get_effective_cpu_isa()) {
  case dnnl_cpu_isa_sse41: return OD_ISA_SSE41;
  case dnnl_cpu_isa_avx2:
  case dnnl_cpu_isa_avx2_vnni: return OD_ISA_AVX2;
  case dnnl_cpu_isa_avx512_core: return OD_ISA_AVX512;
  case dnnl_cpu_isa_avx512_core_vnni: return OD_ISA_AVX512_VNNI;
  case dnnl_cpu_isa_avx512_core_bf16: return OD_ISA_AVX512_BF16;
  default: return OD_ISA_ALL;
  }
}

od_engine *od_engine_create(void) {
  od_engine *made = calloc(1, sizeof *made);
  if (made == NULL) return NULL;
  if (dnnl_engine_create(&made->engine, dnnl_cpu, 0) != dnnl_success ||
      dnnl_stream_create(&made->stream, made->engine, dnnl_stream_default_flags) != dnnl_success) {
    od_engine_destroy(made);
    return NULL;
  }
  return made;
}

void od_engine_destroy(od_engine *engine) {
  if (engine == NULL) return;
  if (engine->stream != NULL) dnnl_stream_destroy(engine->stream);
  if (engine->engine != NULL) dnnl_engine_destroy(engine->engine);
  free(engine);
}

// MARK: layouts

od_layout *od_layout_plain(int64_t rows, int64_t columns, bool transposed, od_type type) {
  od_layout *made = calloc(1, sizeof *made);
  if (made == NULL) return NULL;
  const dnnl_dims_t sizes = {rows, columns};
  const dnnl_dims_t strides = {transposed ? 1 : columns, transposed ? rows : 1};
#if DNNL_VERSION_MAJOR >= 3
  dnnl_status_t status = dnnl_memory_desc_create_with_strides(&made->memory, 2, sizes, data_type(type), strides);
#else
  dnnl_status_t status = dnnl_memory_desc_init_by_strides(&made->memory, 2, sizes, data_type(type), strides);
#endif
  if (status == dnnl_success) return made;
  free(made);
  return NULL;
}

static od_layout *any_layout(int64_t rows, int64_t columns, od_type type) {
  od_layout *made = calloc(1, sizeof *made);
  if (made == NULL) return NULL;
  const dnnl_dims_t sizes = {rows, columns};
#if DNNL_VERSION_MAJOR >= 3
  dnnl_status_t status = dnnl_memory_desc_create_with_tag(&made->memory, 2, sizes, data_type(type), dnnl_format_tag_any);
#else
  dnnl_status_t status = dnnl_memory_desc_init_by_tag(&made->memory, 2, sizes, data_type(type), dnnl_format_tag_any);
#endif
  if (status == dnnl_success) return made;
  free(made);
  return NULL;
}

size_t od_layout_byte_count(const od_layout *layout) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_memory_desc_get_size(layout->memory);
#else
  return dnnl_memory_desc_get_size(&layout->memory);
#endif
}

void od_layout_destroy(od_layout *layout) {
  if (layout == NULL) return;
#if DNNL_VERSION_MAJOR >= 3
  dnnl_memory_desc_destroy(layout->memory);
#endif
  free(layout);
}

// A handle without a buffer; one is set before each run.
static dnnl_memory_t empty_memory(od_engine *engine, const od_layout *layout) {
  dnnl_memory_t made = NULL;
  if (dnnl_memory_create(&made, POINTER(layout), engine->engine, DNNL_MEMORY_NONE) != dnnl_success) return NULL;
  return made;
}

// MARK: products

static dnnl_primitive_attr_t product_attributes(bool accumulate) {
  dnnl_primitive_attr_t attributes = NULL;
  if (dnnl_primitive_attr_create(&attributes) != dnnl_success || !accumulate) return attributes;
  dnnl_post_ops_t operations = NULL;
  if (dnnl_post_ops_create(&operations) == dnnl_success) {
    dnnl_post_ops_append_sum(
      operations, 1
#if DNNL_VERSION_MAJOR >= 3
      , 0, dnnl_data_type_undef
#endif
    );
    dnnl_primitive_attr_set_post_ops(attributes, operations);
    dnnl_post_ops_destroy(operations);
  }
  return attributes;
}

static dnnl_primitive_desc_t product_description(
  od_engine *engine, const od_layout *a, const od_layout *b, const od_layout *c, bool accumulate) {
  dnnl_primitive_attr_t attributes = product_attributes(accumulate);
  dnnl_primitive_desc_t made = NULL;
#if DNNL_VERSION_MAJOR >= 3
  dnnl_status_t status =
    dnnl_matmul_primitive_desc_create(&made, engine->engine, a->memory, b->memory, NULL, c->memory, attributes);
#else
  dnnl_matmul_desc_t operation;
  dnnl_status_t status = dnnl_matmul_desc_init(&operation, &a->memory, &b->memory, NULL, &c->memory);
  if (status == dnnl_success) status = dnnl_primitive_desc_create(&made, &operation, attributes, engine->engine, NULL);
#endif
  if (attributes != NULL) dnnl_primitive_attr_destroy(attributes);
  return status == dnnl_success ? made : NULL;
}

od_layout *od_layout_preferred(od_engine *engine, int64_t rows, int64_t inner, int64_t columns, od_type type) {
  od_layout *a = od_layout_plain(rows, inner, false, type);
  od_layout *b = any_layout(inner, columns, type);
  od_layout *c = od_layout_plain(rows, columns, false, OD_FLOAT32);
  od_layout *made = calloc(1, sizeof *made);
  dnnl_primitive_desc_t product = NULL;
  bool is_made = false;
  if (a != NULL && b != NULL && c != NULL && made != NULL) product = product_description(engine, a, b, c, false);
  if (product != NULL) {
    // What is asked for belongs to the product's description.
#if DNNL_VERSION_MAJOR >= 3
    const_dnnl_memory_desc_t found = dnnl_primitive_desc_query_md(product, dnnl_query_weights_md, 0);
    is_made = found != NULL && dnnl_memory_desc_clone(&made->memory, found) == dnnl_success;
#else
    const dnnl_memory_desc_t *found = dnnl_primitive_desc_query_md(product, dnnl_query_weights_md, 0);
    is_made = found != NULL;
    if (is_made) made->memory = *found;
#endif
    dnnl_primitive_desc_destroy(product);
  }
  od_layout_destroy(a);
  od_layout_destroy(b);
  od_layout_destroy(c);
  if (is_made) return made;
  free(made);
  return NULL;
}

struct od_product {
  dnnl_stream_t stream;
  dnnl_primitive_t primitive;
  dnnl_memory_t a, b, c;
};

od_product *od_product_create(
  od_engine *engine, const od_layout *a, const od_layout *b, const od_layout *c, bool accumulate) {
  dnnl_primitive_desc_t product = product_description(engine, a, b, c, accumulate);
  if (product == NULL) return NULL;
  od_product *made = calloc(1, sizeof *made);
  if (made != NULL) {
    made->stream = engine->stream;
    if (dnnl_primitive_create(&made->primitive, product) != dnnl_success) made->primitive = NULL;
    made->a = empty_memory(engine, a);
    made->b = empty_memory(engine, b);
    made->c = empty_memory(engine, c);
  }
  dnnl_primitive_desc_destroy(product);
  if (made == NULL || (made->primitive != NULL && made->a != NULL && made->b != NULL && made->c != NULL)) return made;
  od_product_destroy(made);
  return NULL;
}

static dnnl_status_t set_data(dnnl_memory_t memory, void *data) { return dnnl_memory_set_data_handle(memory, data); }

int od_product_run(od_product *product, void *a, void *b, void *c) {
  dnnl_status_t status = set_data(product->a, a);
  if (status == dnnl_success) status = set_data(product->b, b);
  if (status == dnnl_success) status = set_data(product->c, c);
  const dnnl_exec_arg_t arguments[] = {
    {DNNL_ARG_SRC, product->a}, {DNNL_ARG_WEIGHTS, product->b}, {DNNL_ARG_DST, product->c}};
  if (status == dnnl_success) status = dnnl_primitive_execute(product->primitive, product->stream, 3, arguments);
  if (status == dnnl_success) status = dnnl_stream_wait(product->stream);
  return (int)status;
}

void od_product_destroy(od_product *product) {
  if (product == NULL) return;
  if (product->a != NULL) dnnl_memory_destroy(product->a);
  if (product->b != NULL) dnnl_memory_destroy(product->b);
  if (product->c != NULL) dnnl_memory_destroy(product->c);
  if (product->primitive != NULL) dnnl_primitive_destroy(product->primitive);
  free(product);
}

// MARK: reorders

struct od_reorder {
  dnnl_stream_t stream;
  dnnl_primitive_t primitive;
  dnnl_memory_t from, to;
};

od_reorder *od_reorder_create(od_engine *engine, const od_layout *from, const od_layout *to) {
  dnnl_primitive_desc_t reorder = NULL;
  if (dnnl_reorder_primitive_desc_create(
        &reorder, POINTER(from), engine->engine, POINTER(to), engine->engine, NULL) != dnnl_success) {
    return NULL;
  }
  od_reorder *made = calloc(1, sizeof *made);
  if (made != NULL) {
    made->stream = engine->stream;
    if (dnnl_primitive_create(&made->primitive, reorder) != dnnl_success) made->primitive = NULL;
    made->from = empty_memory(engine, from);
    made->to = empty_memory(engine, to);
  }
  dnnl_primitive_desc_destroy(reorder);
  if (made == NULL || (made->primitive != NULL && made->from != NULL && made->to != NULL)) return made;
  od_reorder_destroy(made);
  return NULL;
}

int od_reorder_run(od_reorder *reorder, void *from, void *to) {
  dnnl_status_t status = set_data(reorder->from, from);
  if (status == dnnl_success) status = set_data(reorder->to, to);
  const dnnl_exec_arg_t arguments[] = {{DNNL_ARG_FROM, reorder->from}, {DNNL_ARG_TO, reorder->to}};
  if (status == dnnl_success) status = dnnl_primitive_execute(reorder->primitive, reorder->stream, 2, arguments);
  if (status == dnnl_success) status = dnnl_stream_wait(reorder->stream);
  return (int)status;
}

void od_reorder_destroy(od_reorder *reorder) {
  if (reorder == NULL) return;
  if (reorder->from != NULL) dnnl_memory_destroy(reorder->from);
  if (reorder->to != NULL) dnnl_memory_destroy(reorder->to);
  if (reorder->primitive != NULL) dnnl_primitive_destroy(reorder->primitive);
  free(reorder);
}
