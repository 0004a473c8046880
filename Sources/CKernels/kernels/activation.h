/* Functions of one number between layers, and their derivatives. */
#pragma once

typedef enum { CK_RELU, CK_TANH_ACTIVATION, CK_LOGISTIC, CK_SILU, CK_GELU, CK_GELU_TANH } ck_activation_function;

/* out[i] = f(x[i]), unit = flat block. */
typedef struct {
  const float *x;
  float *out;
  long count;
  ck_activation_function function;
} ck_activation_args;
CK_KERNEL(activation, ck_activation_args)

/* out[i] = gradient[i] * f'(x[i]) (+ what is there when accumulate), unit = flat block. */
typedef struct {
  const float *x;
  const float *gradient;
  float *out;
  long count;
  ck_activation_function function;
  int32_t accumulate;
} ck_activation_backward_args;
CK_KERNEL(activation_backward, ck_activation_backward_args)

#ifdef CK_BODIES

#define ROOT_HALF 0.70710678f
#define INVERSE_ROOT_TWO_PI 0.39894228f
#define ROOT_TWO_OVER_PI 0.79788456f
#define GELU_CUBIC 0.044715f

INLINE vfloat activated(ck_activation_function function, vfloat x) {
  const vfloat half = splat(0.5f), one = splat(1.0f);
  switch (function) {
    case CK_RELU: return select_(x < splat(0), splat(0), x); /* lets NaN through */
    case CK_TANH_ACTIVATION: return tanh_(x);
    case CK_LOGISTIC: return sigmoid_(x);
    case CK_SILU: return x * sigmoid_(x);
    case CK_GELU: return half * x * (one + erf_(x * splat(ROOT_HALF)));
    case CK_GELU_TANH: {
      vfloat inner = splat(ROOT_TWO_OVER_PI) * fma_(splat(GELU_CUBIC) * x * x, x, x);
      return half * x * (one + tanh_(inner));
    }
  }
  return x;
}

INLINE vfloat slope(ck_activation_function function, vfloat x) {
  const vfloat half = splat(0.5f), one = splat(1.0f);
  switch (function) {
    case CK_RELU: return select_(x > splat(0), one, splat(0));
    case CK_TANH_ACTIVATION: {
      vfloat y = tanh_(x);
      return one - y * y;
    }
    case CK_LOGISTIC: {
      vfloat y = sigmoid_(x);
      return y * (one - y);
    }
    case CK_SILU: {
      vfloat y = sigmoid_(x);
      return y * fma_(x, one - y, one);
    }
    case CK_GELU: {
      vfloat density = splat(INVERSE_ROOT_TWO_PI) * exp_(splat(-0.5f) * x * x);
      return fma_(x, density, half * (one + erf_(x * splat(ROOT_HALF))));
    }
    case CK_GELU_TANH: {
      vfloat t = tanh_(splat(ROOT_TWO_OVER_PI) * fma_(splat(GELU_CUBIC) * x * x, x, x));
      vfloat inner = splat(ROOT_TWO_OVER_PI) * fma_(splat(3 * GELU_CUBIC) * x, x, one);
      return fma_(half * x * (one - t * t), inner, half * (one + t));
    }
  }
  return one;
}

/* The switch stands outside the loop. */
#define FOR_EACH_ACTIVATION(body)                                   \
  switch (a->function) {                                            \
    case CK_RELU: body(CK_RELU); break;                             \
    case CK_TANH_ACTIVATION: body(CK_TANH_ACTIVATION); break;       \
    case CK_LOGISTIC: body(CK_LOGISTIC); break;                     \
    case CK_SILU: body(CK_SILU); break;                             \
    case CK_GELU: body(CK_GELU); break;                             \
    case CK_GELU_TANH: body(CK_GELU_TANH); break;                   \
  }

KERNEL(activation) {
  const ck_activation_args *a = arguments;
#define ACTIVATE(f) FOR_FLAT_BLOCKS(a->count) store_some(a->out + j, activated(f, load_some(a->x + j, n)), n)
  FOR_EACH_ACTIVATION(ACTIVATE)
#undef ACTIVATE
}

KERNEL(activation_backward) {
  const ck_activation_backward_args *a = arguments;
#define DIFFERENTIATE(f)                                                                       \
  FOR_FLAT_BLOCKS(a->count) {                                                                  \
    vfloat d = load_some(a->gradient + j, n) * slope(f, load_some(a->x + j, n));               \
    store_some(a->out + j, a->accumulate ? d + load_some(a->out + j, n) : d, n);               \
  }
  FOR_EACH_ACTIVATION(DIFFERENTIATE)
#undef DIFFERENTIATE
}

#endif
