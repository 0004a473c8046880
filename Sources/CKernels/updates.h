/* Loops over parameters: sums, norms and the optimizers. */

static void scale_add(const void *arguments, long begin, long end) {
  const ck_scale_add_args *a = arguments;
  const vfloat factor = splat(a->a), old = splat(a->b);
  for (long block = begin; block < end; block++) {
    const long from = block * CK_FLAT_BLOCK, to = from + CK_FLAT_BLOCK < a->count ? from + CK_FLAT_BLOCK : a->count;
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      vfloat y = load_some(a->x + j, n) * factor;
      if (a->b != 0) y = fma_(load_some(a->y + j, n), old, y);
      store_some(a->y + j, y, n);
    }
  }
}

static void square_sums(const void *arguments, long begin, long end) {
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

static void adam(const void *arguments, long begin, long end) {
  const ck_adam_args *a = arguments;
  const vfloat b1 = splat(a->beta1), b2 = splat(a->beta2), r1 = splat(1.0f - a->beta1), r2 = splat(1.0f - a->beta2);
  const vfloat scale = splat(a->gradient_scale), decay = splat(a->weight_decay), step = splat(a->step_size);
  const vfloat correction = splat(a->inverse_root_correction2), epsilon = splat(a->epsilon);
  for (long block = begin; block < end; block++) {
    const long from = block * CK_FLAT_BLOCK, to = from + CK_FLAT_BLOCK < a->count ? from + CK_FLAT_BLOCK : a->count;
    for (long j = from; j < to; j += LANES) {
      long n = to - j;
      vfloat p = load_some(a->parameter + j, n);
      vfloat g = fma_(load_some(a->gradient + j, n), scale, decay * p);
      vfloat m = fma_(b1, load_some(a->first_moment + j, n), r1 * g);
      vfloat v = fma_(b2, load_some(a->second_moment + j, n), r2 * g * g);
      store_some(a->first_moment + j, m, n);
      store_some(a->second_moment + j, v, n);
      vfloat root = fma_(__builtin_elementwise_sqrt(v), correction, epsilon);
      store_some(a->parameter + j, p - step * m / root, n);
    }
  }
}

/*
 * The optimizers that share ck_optimizer_args. The vectors of the constants and of the block's elements are named by
 * the macro, so that each rule reads as its formula.
 */
#define OPTIMIZER_KERNEL(NAME, ...)                                                                                   \
  static void NAME(const void *arguments, long begin, long end) {                                                     \
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

OPTIMIZER_KERNEL(adamw, {
  vfloat second = load_some(a->second + j, n);
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
