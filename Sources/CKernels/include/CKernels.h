#ifndef CKERNELS_H
#define CKERNELS_H

/*
 * Vectorised loops of the operations and the optimizers.
 *
 * Every kernel is one function over a range of work units and a struct of arguments, written once in `kernels/`, compiled
 * for each instruction set, and spread over the threads by the function that is declared here. The instruction set is
 * chosen at run time; the environment variable SENTIMENT_KERNELS = avx512-bf16 | avx512 | avx2 | portable forces one that
 * the processor has. The first two differ only in what the matrix library may use.
 *
 * Shape legend: T time steps, B rows, H hidden units, G gate blocks, V vocabulary. All arrays are row-major.
 */

#include "../base.h"

#include "../kernels.h"

#endif
