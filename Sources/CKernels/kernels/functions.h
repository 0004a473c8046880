/* The elementary functions on an array, for tests of their error. */
#pragma once

typedef enum { CK_EXP, CK_SIGMOID, CK_TANH, CK_ERF } ck_function;

/* out[i] = function(in[i]), unit = flat block. */
typedef struct {
  const float *in;
  float *out;
  long count;
  ck_function function;
} ck_functions_args;
CK_KERNEL(functions, ck_functions_args)

#ifdef CK_BODIES

KERNEL(functions) {
  const ck_functions_args *a = arguments;
  FOR_FLAT_BLOCKS(a->count) {
    vfloat x = load_some(a->in + j, n), y = x;
    switch (a->function) {
      case CK_EXP: y = exp_(x); break;
      case CK_SIGMOID: y = sigmoid_(x); break;
      case CK_TANH: y = tanh_(x); break;
      case CK_ERF: y = erf_(x); break;
    }
    store_some(a->out + j, y, n);
  }
}

#endif
