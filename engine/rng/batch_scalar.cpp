#define SEGUE_ISA scalar
#include "engine/rng/batch_kernel.inl"
