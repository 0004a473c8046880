#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdint.h>

/*
 * Vectorised loops of the recurrent layers, the losses and the optimizers.
 *
 * Every kernel is one function over a range of work units and a struct of arguments; ck_run spreads the units over the
 * threads. The instruction set is chosen at run time; the environment variable
 * SENTIMENT_KERNELS = avx512-bf16 | avx512 | avx2 | portable forces one that the processor has. The first two differ
 * only in what the matrix library may use.
 *
 * Shape legend: T time steps, B rows, H hidden units, G gate blocks, V vocabulary. All arrays are row-major.
 */

/* Names the instruction set in use: "avx512-bf16", "avx512", "avx2" or "portable". */
const char *ck_instruction_set(void);

/* Threads that ck_run and the OpenMP libraries in this process use. */
int ck_thread_count(void);
void ck_set_thread_count(int count);

/* Types of stored numbers. Arithmetic is float32 whatever the type. */
typedef enum { CK_FLOAT32, CK_BFLOAT16, CK_FLOAT16, CK_INT8 } ck_element;

typedef enum {
  CK_CONVERT,
  CK_ROW_PRODUCT,
  CK_QUANTIZE_ROWS,
  CK_PUT_COLUMNS,
  CK_MULTIPLY_ROWS,
  CK_MULTIPLY_ROWS_BACKWARD,
  CK_LSTM_FORWARD,
  CK_LSTM_BACKWARD,
  CK_GRU_FORWARD,
  CK_GRU_BACKWARD,
  CK_ELMAN_FORWARD,
  CK_ELMAN_BACKWARD,
  CK_GATHER_ROWS,
  CK_SCATTER_ADD_ROWS,
  CK_COLUMN_SUMS,
  CK_ADD_BIAS,
  CK_SOFTMAX_CROSS_ENTROPY,
  CK_WEIGHT_NORM_FORWARD,
  CK_WEIGHT_NORM_BACKWARD,
  CK_DROPOUT,
  CK_SCALE_ADD,
  CK_SQUARE_SUMS,
  CK_ADAM,
  CK_MULTIPLY_ADD_LOOP,
  CK_MEMORY_READ_LOOP,
  CK_SGD_MOMENTUM,
  CK_ADAMW,
  CK_ADAGRAD,
  CK_ADADELTA,
  CK_RMSPROP,
  CK_ADAMAX,
  CK_LAMB_DIRECTION,
  CK_KERNEL_COUNT
} ck_kernel;

/* Runs units 0 ..< units of a kernel; `grain` is the least number of units worth a thread of its own. */
void ck_run(ck_kernel kernel, const void *arguments, long units, long grain);

/* Columns of one work unit of the kernels that cut rows in blocks. */
#define CK_COLUMN_BLOCK 256

/* Elements of one work unit of the kernels over flat arrays. */
#define CK_FLAT_BLOCK 4096

/*
 * Where a cell reads what the input contributes to a step: row `index[b]` of `base` (a table of one row a token),
 * or row b when `index` is null.
 */
typedef struct {
  const float *base;
  const int32_t *index;
  long stride;
} ck_input_rows;

/* out[i] = in[i], rounded to nearest even where the type is narrower. Types: all but CK_INT8. Unit = flat block. */
typedef struct {
  const void *in;
  void *out;
  ck_element in_type;
  ck_element out_type;
  long count;
} ck_convert_args;

/*
 * out[r] = <row r of weights, x>, unit = row: each weight is read once. For CK_INT8, `x` holds int16 numbers and the sum
 * is multiplied by scales[r].
 */
typedef struct {
  const void *weights;
  ck_element type;
  const void *x;
  const float *scales;
  float *out;
  long width;
  int32_t accumulate;
} ck_row_product_args;

/* scales[r] = max |row r| / 127, out[r] = round(row r / scales[r]), unit = row. */
typedef struct {
  const float *rows;
  int8_t *out;
  float *scales;
  long width;
} ck_quantize_rows_args;

/* out[r][0 ..< part_width] = part[r] (+ what is there when accumulate); rows of out are `width` apart. Unit = row. */
typedef struct {
  const float *part;
  float *out;
  long part_width;
  long width;
  int32_t accumulate;
} ck_put_columns_args;

/*
 * The recurrent steps. `operand` is the type of what enters matrix products; what is kept for the backward pass is
 * float16 with float16 operands and float32 otherwise ("kept" below). States are float32.
 */

/* out[b] = input[b] * y[b] (operand); y is kept in saved unless that is null. Unit = (row, column block). */
typedef struct {
  ck_input_rows input;
  const float *y;
  void *saved;
  void *out;
  ck_element operand;
  long width;
} ck_multiply_rows_args;

/* From d = gradient of out: d_input = d * y, d_y = d * input (operand); y as kept. */
typedef struct {
  ck_input_rows input;
  const void *saved;
  const float *gradient;
  void *input_gradient;
  void *y_gradient;
  ck_element operand;
  long width;
} ck_multiply_rows_backward_args;

/*
 * Where one step's hidden state goes. `next_keep[b]` is 0 where row b is reset before the next step. Null pointers are
 * skipped.
 */
typedef struct {
  /* In: h of the step before, out: h * next_keep. */
  float *state;
  /* h * next_keep as operand of the next step's product. */
  void *next_operand;
  /* h as float32, and as operand. */
  float *hidden;
  void *hidden_operand;
  const float *next_keep;
} ck_hidden_outputs;

/*
 * One step of LSTM gates: z = product + input + bias, blocks i f g o; c = f * cell_state + i * g; h = o * tanh(c).
 * cell_state is replaced by c * next_keep. `saved` (6 H a row, kept) receives i, f, g, o, tanh(c) and the old c.
 */
typedef struct {
  ck_input_rows input;
  const float *bias;
  const float *product;
  float *cell_state;
  float *cell;
  void *saved;
  ck_hidden_outputs outputs;
  ck_element operand;
  long width;
} ck_lstm_forward_args;

/*
 * Backward of one step. dh = output_gradient + next_keep * hidden_carry; cell_carry holds dL/dc of this step from the
 * next one and is replaced by dL/dc of the step before (times keep). gate_gradient (operand) receives dL/dz.
 */
typedef struct {
  const void *saved;
  const float *output_gradient;
  const float *hidden_carry;
  const float *next_keep;
  const float *keep;
  float *cell_carry;
  void *gate_gradient;
  ck_element operand;
  long width;
} ck_lstm_backward_args;

/*
 * One step of GRU: `product` = h W_hh^T, blocks r z n. `saved` (5 H a row, kept) receives r, z, n, the hidden part of n and
 * the old h. h' = (1 - z) n + z h with n = tanh(x_n + r (h U_n + b_n)).
 */
typedef struct {
  ck_input_rows input;
  const float *bias;
  const float *product;
  void *saved;
  ck_hidden_outputs outputs;
  ck_element operand;
  long width;
} ck_gru_forward_args;

/* product_gradient and input_gradient: 3 H a row (operand); hidden_carry is read (from step t+1) and replaced by dh * z. */
typedef struct {
  const void *saved;
  const float *output_gradient;
  const float *next_keep;
  float *hidden_carry;
  void *product_gradient;
  void *input_gradient;
  ck_element operand;
  long width;
} ck_gru_backward_args;

/* One step of h = phi(product + input + bias), phi = tanh when `is_tanh`, else max(0, .); `saved` (kept) receives h. */
typedef struct {
  ck_input_rows input;
  const float *bias;
  const float *product;
  void *saved;
  ck_hidden_outputs outputs;
  ck_element operand;
  long width;
  int32_t is_tanh;
} ck_elman_forward_args;

typedef struct {
  const void *saved;
  const float *output_gradient;
  const float *hidden_carry;
  const float *next_keep;
  void *gate_gradient;
  ck_element operand;
  long width;
  int32_t is_tanh;
} ck_elman_backward_args;

/* out[r] = table[index[r]], unit = row. */
typedef struct {
  const float *table;
  const int32_t *index;
  float *out;
  long width;
} ck_gather_rows_args;

/* table[index[r]] += rows[r] for r in order, unit = column block (so that threads never share an element). */
typedef struct {
  const void *rows;
  ck_element type;
  const int32_t *index;
  float *table;
  long row_count;
  long width;
} ck_scatter_add_rows_args;

/* out[j] = sum over rows of a[r][j] (+ out[j] when accumulate), unit = column block. */
typedef struct {
  const void *rows;
  ck_element type;
  float *out;
  long row_count;
  long width;
  int32_t accumulate;
} ck_column_sums_args;

/* rows[r] += bias, unit = row. */
typedef struct {
  float *rows;
  const float *bias;
  long width;
} ck_add_bias_args;

/*
 * losses[r] = mask[r] * (log sum exp(logits[r]) - logits[r][target]); when `gradient` is not null it receives
 * mask[r] * scale * (softmax - one-hot). It may be `logits` itself. Unit = row.
 */
typedef struct {
  const float *logits;
  const int32_t *targets;
  const float *mask;
  float *losses;
  float *gradient;
  float scale;
  long width;
} ck_softmax_cross_entropy_args;

/* weight[r] = v[r] * (g[r] / |v[r]|), inverse_norm[r] = 1 / |v[r]|, unit = row. */
typedef struct {
  const float *v;
  const float *g;
  void *weight;
  ck_element type;
  float *inverse_norm;
  long width;
} ck_weight_norm_forward_args;

/* g_gradient += <dw, v> / |v|; v_gradient += g/|v| * (dw - v <dw, v> / |v|^2). */
typedef struct {
  const float *v;
  const float *g;
  const float *inverse_norm;
  const float *weight_gradient;
  float *g_gradient;
  float *v_gradient;
  long width;
} ck_weight_norm_backward_args;

/*
 * out[i] = in[i] / (1 - p) where the hash of (key, i) keeps element i, else 0. The same call on gradients is the
 * backward pass. Unit = flat block.
 */
typedef struct {
  const void *in;
  void *out;
  ck_element type;
  uint64_t key;
  float probability;
  long count;
} ck_dropout_args;

/* y = a x + b y over a flat array; b = 0 does not read y. Unit = flat block. */
typedef struct {
  const float *x;
  float *y;
  float a;
  float b;
  long count;
} ck_scale_add_args;

/* partial[block] = sum of squares of the block, unit = flat block. */
typedef struct {
  const float *x;
  double *partial;
  long count;
} ck_square_sums_args;

/*
 * Adam with bias correction on a flat array: with s = gradient_scale, g = s * gradient + weight_decay * p,
 * m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; p -= step_size * m / (sqrt(v) * inverse_root_correction2 + epsilon).
 */
typedef struct {
  float *parameter;
  const float *gradient;
  float *first_moment;
  float *second_moment;
  float gradient_scale;
  float beta1;
  float beta2;
  float step_size;
  float inverse_root_correction2;
  float epsilon;
  float weight_decay;
  long count;
} ck_adam_args;

/*
 * One update of a flat array by one of the optimizers below; unit = flat block. In all of them
 * g = gradient_scale * gradient + weight_decay * p, except where weight_decay is said to act otherwise.
 *
 * CK_SGD_MOMENTUM    first = beta1 first + g; p -= rate * (is_nesterov ? g + beta1 first : first).
 * CK_ADAMW           g without decay; p *= 1 - decay_step; then Adam: first = beta1 first + (1 - beta1) g,
 *                    second = beta2 second + (1 - beta2) g^2, p -= rate * first / (sqrt(second) * correction + epsilon).
 * CK_ADAGRAD         first += g^2; p -= rate * g / (sqrt(first) + epsilon).
 * CK_ADADELTA        first = beta1 first + (1 - beta1) g^2; d = g * sqrt(second + epsilon) / sqrt(first + epsilon);
 *                    second = beta1 second + (1 - beta1) d^2; p -= rate * d.
 * CK_RMSPROP         first = beta1 first + (1 - beta1) g^2; d = g / (sqrt(first) + epsilon); with a second array
 *                    second = beta2 second + d and d = second; p -= rate * d.
 * CK_ADAMAX          first = beta1 first + (1 - beta1) g; second = max(beta2 second, |g| + epsilon);
 *                    p -= rate * first / second.
 * CK_LAMB_DIRECTION  g without decay; moments as CK_ADAMW; gradient is overwritten by
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

/*
 * Nothing but independent fused multiply-adds on registers, to measure what the processor can do: each unit does
 * `rounds` rounds and adds its sum to sink[unit]. ck_multiply_add_operations gives the float operations of one round.
 */
typedef struct {
  float *sink;
  long rounds;
} ck_multiply_add_loop_args;
long ck_multiply_add_operations(void);

/* Floats of one work unit of the loop below. */
#define CK_MEMORY_READ_BLOCK 65536

/*
 * Nothing but loads, to measure how fast memory is read: sink[unit] = sum of block `unit` of `values`. The array must be
 * much larger than the caches.
 */
typedef struct {
  const float *values;
  float *sink;
} ck_memory_read_loop_args;

/* The vector exponential, logistic function and hyperbolic tangent on an array, for tests of their error. */
typedef enum { CK_EXP, CK_SIGMOID, CK_TANH } ck_function;
void ck_apply(ck_function function, const float *in, float *out, long count);

#endif
