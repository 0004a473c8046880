/*
 * The kernels, written once over vectors of LANES floats and compiled for each instruction set by the files that
 * include this one.
 */

#pragma clang fp contract(fast)

#include "vector.h"

/* Cuts unit u of a (row, column block) kernel: its row, first column and past-the-end column. */
#define ROW_BLOCKS(width) (((width) + CK_COLUMN_BLOCK - 1) / CK_COLUMN_BLOCK)
#define CUT(u, width)                                                                                        \
  const long blocks_ = ROW_BLOCKS(width), row = (u) / blocks_, from = (u) % blocks_ * CK_COLUMN_BLOCK,      \
             to = from + CK_COLUMN_BLOCK < (width) ? from + CK_COLUMN_BLOCK : (width)

INLINE const float *input_row(const ck_input_rows *input, long row) {
  return input->base + (input->index ? input->index[row] : row) * input->stride;
}

#include "products.h"

#include "recurrent.h"

#include "layers.h"

#include "updates.h"

#include "limits.h"

static void apply(ck_function function, const float *in, float *out, long count) {
  for (long j = 0; j < count; j += LANES) {
    long n = count - j;
    vfloat x = load_some(in + j, n);
    store_some(out + j, function == CK_EXP ? exp_(x) : function == CK_SIGMOID ? sigmoid_(x) : tanh_(x), n);
  }
}

const ck_table TABLE = {
    .functions =
        {
            [CK_CONVERT] = convert,
            [CK_ROW_PRODUCT] = row_product,
            [CK_QUANTIZE_ROWS] = quantize_rows,
            [CK_PUT_COLUMNS] = put_columns,
            [CK_MULTIPLY_ROWS] = multiply_rows,
            [CK_MULTIPLY_ROWS_BACKWARD] = multiply_rows_backward,
            [CK_LSTM_FORWARD] = lstm_forward,
            [CK_LSTM_BACKWARD] = lstm_backward,
            [CK_GRU_FORWARD] = gru_forward,
            [CK_GRU_BACKWARD] = gru_backward,
            [CK_ELMAN_FORWARD] = elman_forward,
            [CK_ELMAN_BACKWARD] = elman_backward,
            [CK_GATHER_ROWS] = gather_rows,
            [CK_SCATTER_ADD_ROWS] = scatter_add_rows,
            [CK_COLUMN_SUMS] = column_sums,
            [CK_ADD_BIAS] = add_bias,
            [CK_SOFTMAX_CROSS_ENTROPY] = softmax_cross_entropy,
            [CK_WEIGHT_NORM_FORWARD] = weight_norm_forward,
            [CK_WEIGHT_NORM_BACKWARD] = weight_norm_backward,
            [CK_DROPOUT] = dropout,
            [CK_SCALE_ADD] = scale_add,
            [CK_SQUARE_SUMS] = square_sums,
            [CK_ADAM] = adam,
            [CK_MULTIPLY_ADD_LOOP] = multiply_add_loop,
            [CK_MEMORY_READ_LOOP] = memory_read_loop,
            [CK_SGD_MOMENTUM] = sgd_momentum,
            [CK_ADAMW] = adamw,
            [CK_ADAGRAD] = adagrad,
            [CK_ADADELTA] = adadelta,
            [CK_RMSPROP] = rmsprop,
            [CK_ADAMAX] = adamax,
            [CK_LAMB_DIRECTION] = lamb_direction,
        },
    .apply = apply,
    .multiply_add_operations = 2 * CHAINS * LANES,
};
