#define SEGUE_ISA avx512
#include "engine/rng/batch_kernel.inl"
