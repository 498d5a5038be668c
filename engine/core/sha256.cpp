#include "engine/core/sha256.hpp"

#include <array>
#include <bit>
#include <new>
#include <stdexcept>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/evp.h>

namespace segue {
namespace {

static_assert(std::endian::native == std::endian::little, "values are summed as they lie in memory");

void require(int outcome) {
    if (outcome != 1) throw std::runtime_error{"OpenSSL refused to compute SHA-256"};
}

}  // namespace

void Sha256::Free::operator()(evp_md_ctx_st* context) const noexcept { EVP_MD_CTX_free(context); }

Sha256::Sha256() : context_{EVP_MD_CTX_new()} {
    if (context_ == nullptr) throw std::bad_alloc{};
    require(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr));
}

void Sha256::bytes(std::span<const std::byte> bytes) {
    require(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()));
}

void Sha256::number(std::uint64_t value) { bytes(std::as_bytes(std::span{&value, 1})); }

void Sha256::text(std::string_view text) {
    number(text.size());
    bytes(std::as_bytes(std::span{text}));
}

std::string Sha256::hex() {
    std::array<unsigned char, 32> sum{};
    require(EVP_DigestFinal_ex(context_.get(), sum.data(), nullptr));
    return fmt::format("{:02x}", fmt::join(sum, ""));
}

}  // namespace segue
