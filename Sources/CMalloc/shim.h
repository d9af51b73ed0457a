// How the C library keeps memory: what Glibc leaves out of its module.
#include <malloc.h>
