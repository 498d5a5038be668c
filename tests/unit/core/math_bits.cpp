// The same bits on a processor without FMA. One machine plays both: a child process is told, through GLIBC_TUNABLES,
// not to use what the parent does.
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "engine/core/math.hpp"

namespace segue {
namespace {

constexpr const char* child_mark = "SEGUE_TEST_BITS_ONLY";

class Fingerprint {
public:
    void add(double value) { hash_ = (hash_ ^ std::bit_cast<std::uint64_t>(value)) * 0x100000001B3ULL; }
    [[nodiscard]] std::uint64_t value() const { return hash_; }

private:
    std::uint64_t hash_{0xCBF29CE484222325ULL};
};

std::uint64_t fingerprint_of_ours() {
    Fingerprint bits;
    for (double x = 0.001; x < 30; x *= 1.0031) {
        const double p = x / 30.1;
        for (const double y :
             {math::exp(x), math::exp(-x), math::expm1(-x), math::log(x), math::log1p(x), math::pow(x, 1.7),
              math::log_gamma(x), math::normal_cdf(x - 5), math::normal_quantile(p), math::gamma_cdf(2.3, x)}) {
            bits.add(y);
        }
    }
    for (double p = 0.01; p < 1; p += 0.01) bits.add(math::gamma_quantile(0.7, p));
    return bits.value();
}

std::uint64_t fingerprint_of_the_c_library() {
    Fingerprint bits;
    for (double x = 0.001; x < 30; x *= 1.00031) {
        for (const double y : {std::exp(x), std::log(x), std::pow(x, 1.7), std::sin(x)}) bits.add(y);
    }
    return bits.value();
}

std::string fingerprints() {
    return fmt::format("ours {:016x} libc {:016x}", fingerprint_of_ours(), fingerprint_of_the_c_library());
}

std::string own_path() {
    std::array<char, 4096> path{};
    const auto length = readlink("/proc/self/exe", path.data(), path.size() - 1);
    return length > 0 ? std::string(path.data(), static_cast<std::size_t>(length)) : std::string{};
}

/// What a child of this very test prints, run as on a processor without FMA and AVX2.
std::string fingerprints_without_fma() {
    const std::string command = fmt::format(
        "{}=1 GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-AVX2_Usable,-AVX2,-FMA_Usable,-FMA4 '{}' --gtest_filter={}",
        child_mark, own_path(), "Math.GivesTheSameBitsWithAndWithoutFma");
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe{popen(command.c_str(), "r"), pclose};
    if (!pipe) return {};
    std::string printed;
    std::array<char, 512> line{};
    while (std::fgets(line.data(), static_cast<int>(line.size()), pipe.get()) != nullptr) {
        if (std::string{line.data()}.starts_with("ours ")) printed = line.data();
    }
    if (!printed.empty() && printed.back() == '\n') printed.pop_back();
    return printed;
}

TEST(Math, GivesTheSameBitsWithAndWithoutFma) {
    const std::string here = fingerprints();
    if (std::getenv(child_mark) != nullptr) {
        std::printf("%s\n", here.c_str());
        return;
    }
    const std::string there = fingerprints_without_fma();
    ASSERT_FALSE(there.empty()) << "the child printed nothing";
    EXPECT_EQ(here.substr(0, 21), there.substr(0, 21));
    // That the C library's own bits do change shows that the child is another processor, and why we avoid them.
    if (__builtin_cpu_supports("fma")) {
        EXPECT_NE(here.substr(22), there.substr(22));
    }
}

}  // namespace
}  // namespace segue
