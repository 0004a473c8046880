#define LANES 4
#define HAS_FMA 0
#define HAS_F16C 0
#define TABLE ck_table_portable
#include "kernel_includes.h"
#include "kernel_bodies.h"
