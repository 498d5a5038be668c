#include "engine/core/isa.hpp"

namespace segue {

bool is_available(Isa isa) noexcept {
    switch (isa) {
        case Isa::avx512:
            return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                   __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                   __builtin_cpu_supports("avx512vl") && is_available(Isa::avx2);
        case Isa::avx2:
            return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
                   __builtin_cpu_supports("fma");
        default: return true;
    }
}

Isa best_isa() noexcept {
    if (is_available(Isa::avx512)) return Isa::avx512;
    return is_available(Isa::avx2) ? Isa::avx2 : Isa::scalar;
}

}  // namespace segue
