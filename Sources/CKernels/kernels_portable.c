#define LANES 4
#define HAS_FMA 0
#define HAS_F16C 0
#define CK_SET portable
#include "system.h"
#include "bodies.h"
