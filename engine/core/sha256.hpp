/// \file
/// SHA-256 over texts and numbers, each told apart from its neighbours by its length.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace segue {

class Sha256 {
public:
    Sha256();
    void text(std::string_view text);  ///< its length, then its bytes
    void number(std::uint64_t value);  ///< eight bytes, lowest first
    void bytes(std::span<const std::byte> bytes);
    [[nodiscard]] std::string hex();  ///< ends the sum: 64 hexadecimal digits

private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const noexcept;
    };
    std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace segue
