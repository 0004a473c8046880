/* Conversion between element types. */
#pragma once

/* out[i] = in[i], rounded to nearest even where the type is narrower. Types: all but CK_INT8. Unit = flat block. */
typedef struct {
  const void *in;
  void *out;
  ck_element in_type;
  ck_element out_type;
  long count;
} ck_convert_args;
CK_KERNEL(convert, ck_convert_args)

#ifdef CK_BODIES

INLINE void convert_between(const ck_convert_args *a, long begin, long end, ck_element in_type, ck_element out_type) {
  for (long block = begin; block < end; block++) {
    const long from = block * CK_FLAT_BLOCK, to = from + CK_FLAT_BLOCK < a->count ? from + CK_FLAT_BLOCK : a->count;
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      store_as(out_type, a->out, j, load_as(in_type, a->in, j, n), n);
    }
  }
}

INLINE void convert_as(const ck_convert_args *a, long begin, long end, ck_element in_type) {
  switch (a->out_type) {
    case CK_BFLOAT16: convert_between(a, begin, end, in_type, CK_BFLOAT16); break;
    case CK_FLOAT16: convert_between(a, begin, end, in_type, CK_FLOAT16); break;
    default: convert_between(a, begin, end, in_type, CK_FLOAT32);
  }
}
FOR_EACH_TYPE(convert, ck_convert_args, in_type)

#endif
