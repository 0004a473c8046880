/* The optimizers. */
#pragma once

/*
 * One update of a flat array by one of the optimizers below; unit = flat block. In all of them
 * g = gradient_scale * gradient + weight_decay * p, except where weight_decay is said to act otherwise.
 *
 * sgd_momentum    first = beta1 first + g; p -= rate * (is_nesterov ? g + beta1 first : first).
 * adam            first = beta1 first + (1 - beta1) g; second = beta2 second + (1 - beta2) g^2;
 *                    p = (1 - decay_step) p - rate * first / (sqrt(second) * correction + epsilon).
 * adagrad         first += g^2; p -= rate * g / (sqrt(first) + epsilon).
 * adadelta        first = beta1 first + (1 - beta1) g^2; d = g * sqrt(second + epsilon) / sqrt(first + epsilon);
 *                    second = beta1 second + (1 - beta1) d^2; p -= rate * d.
 * rmsprop         first = beta1 first + (1 - beta1) g^2; d = g / (sqrt(first) + epsilon); with a second array
 *                    second = beta2 second + d and d = second; p -= rate * d.
 * adamax          first = beta1 first + (1 - beta1) g; second = max(beta2 second, |g| + epsilon);
 *                    p -= rate * first / second.
 * lamb_direction  g without decay; moments as adam; gradient is overwritten by
 *                    rate * first / (sqrt(second) * correction + epsilon) + weight_decay * p, and p stays.
 */
typedef struct {
  float *parameter;
  float *gradient;
  float *first;
  float *second;
  float gradient_scale;
  float weight_decay;
  float decay_step;
  float rate;
  float beta1;
  float beta2;
  float one_minus_beta1;
  float one_minus_beta2;
  float correction;
  float epsilon;
  int32_t is_nesterov;
  long count;
} ck_optimizer_args;
CK_KERNEL(sgd_momentum, ck_optimizer_args)
CK_KERNEL(adam, ck_optimizer_args)
CK_KERNEL(adagrad, ck_optimizer_args)
CK_KERNEL(adadelta, ck_optimizer_args)
CK_KERNEL(rmsprop, ck_optimizer_args)
CK_KERNEL(adamax, ck_optimizer_args)
CK_KERNEL(lamb_direction, ck_optimizer_args)

#ifdef CK_BODIES

/*
 * The optimizers that share ck_optimizer_args. The vectors of the constants and of the block's elements are named by
 * the macro, so that each rule reads as its formula.
 */
#define OPTIMIZER_KERNEL(NAME, ...)                                                                                   \
  KERNEL(NAME) {                                                                                                      \
    const ck_optimizer_args *a = arguments;                                                                           \
    const vfloat scale = splat(a->gradient_scale), decay = splat(a->weight_decay), rate = splat(a->rate);             \
    const vfloat b1 = splat(a->beta1), b2 = splat(a->beta2), epsilon = splat(a->epsilon);                             \
    const vfloat r1 = splat(a->one_minus_beta1), r2 = splat(a->one_minus_beta2), correction = splat(a->correction);   \
    (void)decay, (void)b1, (void)b2, (void)epsilon, (void)r1, (void)r2, (void)correction;                             \
    for (long block = begin; block < end; block++) {                                                                  \
      const long from = block * CK_FLAT_BLOCK;                                                                        \
      const long to = from + CK_FLAT_BLOCK < a->count ? from + CK_FLAT_BLOCK : a->count;                              \
      for (long j = from; j < to; j += LANES) {                                                                       \
        const long n = to - j;                                                                                        \
        vfloat p = load_some(a->parameter + j, n), g = load_some(a->gradient + j, n) * scale;                         \
        vfloat first = load_some(a->first + j, n);                                                                    \
        __VA_ARGS__                                                                                                   \
      }                                                                                                               \
    }                                                                                                                 \
  }

#define ROOT(x) __builtin_elementwise_sqrt(x)

OPTIMIZER_KERNEL(sgd_momentum, {
  g = fma_(decay, p, g);
  first = fma_(b1, first, g);
  store_some(a->first + j, first, n);
  store_some(a->parameter + j, p - rate * (a->is_nesterov ? fma_(b1, first, g) : first), n);
})

OPTIMIZER_KERNEL(adam, {
  vfloat second = load_some(a->second + j, n);
  g = fma_(load_some(a->gradient + j, n), scale, decay * p);
  first = fma_(b1, first, r1 * g);
  second = fma_(b2, second, r2 * g * g);
  store_some(a->first + j, first, n);
  store_some(a->second + j, second, n);
  vfloat kept = p - splat(a->decay_step) * p;
  store_some(a->parameter + j, kept - rate * first / fma_(ROOT(second), correction, epsilon), n);
})

OPTIMIZER_KERNEL(adagrad, {
  g = fma_(decay, p, g);
  first = fma_(g, g, first);
  store_some(a->first + j, first, n);
  store_some(a->parameter + j, p - rate * g / (ROOT(first) + epsilon), n);
})

OPTIMIZER_KERNEL(adadelta, {
  vfloat second = load_some(a->second + j, n);
  g = fma_(decay, p, g);
  first = fma_(b1, first, r1 * g * g);
  vfloat d = g * (ROOT(second + epsilon) / ROOT(first + epsilon));
  second = fma_(b1, second, r1 * d * d);
  store_some(a->first + j, first, n);
  store_some(a->second + j, second, n);
  store_some(a->parameter + j, p - rate * d, n);
})

OPTIMIZER_KERNEL(rmsprop, {
  g = fma_(decay, p, g);
  first = fma_(b1, first, r1 * g * g);
  store_some(a->first + j, first, n);
  vfloat d = g / (ROOT(first) + epsilon);
  if (a->second) {
    d = fma_(b2, load_some(a->second + j, n), d);
    store_some(a->second + j, d, n);
  }
  store_some(a->parameter + j, p - rate * d, n);
})

OPTIMIZER_KERNEL(adamax, {
  vfloat second = load_some(a->second + j, n);
  g = fma_(decay, p, g);
  first = fma_(b1, first, r1 * g);
  second = max_(b2 * second, __builtin_elementwise_abs(g) + epsilon);
  store_some(a->first + j, first, n);
  store_some(a->second + j, second, n);
  store_some(a->parameter + j, p - rate * first / second, n);
})

OPTIMIZER_KERNEL(lamb_direction, {
  vfloat second = load_some(a->second + j, n);
  first = fma_(b1, first, r1 * g);
  second = fma_(b2, second, r2 * g * g);
  store_some(a->first + j, first, n);
  store_some(a->second + j, second, n);
  vfloat direction = rate * first / fma_(ROOT(second), correction, epsilon);
  store_some(a->gradient + j, fma_(decay, p, direction), n);
})

#endif
