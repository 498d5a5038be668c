#define SEGUE_ISA avx2
#include "engine/rng/batch_kernel.inl"
