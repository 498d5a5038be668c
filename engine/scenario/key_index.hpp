/// \file
/// Which keys exist: finds the declaration behind a key, and the nearest key when there is none.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/scenario/catalogue.hpp"

namespace segue {

using KeyParts = std::vector<std::string>;  ///< "team.roles.gp.wte" in its four parts

[[nodiscard]] KeyParts split_key(std::string_view key);
[[nodiscard]] std::string join_key(const KeyParts& parts);

/// The declaration behind a full key.
struct KeyMatch {
    const Declaration* row;
    const TableFamily* family;       ///< none for a key that exists once
    std::vector<std::string> stars;  ///< the names that stand for the family's stars
};

/// What a beginning of keys can be.
enum class KeyStanding : std::uint8_t { unknown, unknown_name, table, parameter };

class KeyIndex {
public:
    /// Throws a ContractError when two rows of the catalogue have the same key.
    explicit KeyIndex(Catalogue catalogue);

    [[nodiscard]] const Catalogue& catalogue() const noexcept { return catalogue_; }
    [[nodiscard]] const TableFamily* family(std::string_view prefix) const noexcept;

    /// Names of closed families are checked; of open ones any name of letters, digits, `_`, `-` and `+` is taken.
    [[nodiscard]] std::optional<KeyMatch> find(const KeyParts& parts) const;

    [[nodiscard]] KeyStanding standing(const KeyParts& beginning) const;

    /// For a beginning whose last part should be one of a closed family's names: those names.
    [[nodiscard]] std::vector<std::string> names_for(const KeyParts& beginning) const;

    /// The key or table of keys nearest to an unknown one, or empty.
    [[nodiscard]] std::string nearest_key(const KeyParts& unknown) const;

    /// The keys and tables of which `word` is a part below the first, or a name that stands for a star; each cut after it.
    [[nodiscard]] std::vector<std::string> keys_with(const std::string& word) const;

    /// "data.NAME" for each table that the catalogue knows.
    [[nodiscard]] const std::vector<Declaration>& data_rows() const noexcept { return data_rows_; }

private:
    struct Pattern {
        KeyParts parts;
        const Declaration* row;
        const TableFamily* family;
    };
    /// Whether the first `length` parts fit, stars standing for any name or only for their own.
    enum class Names : std::uint8_t { any, own };
    [[nodiscard]] static bool fits(const Pattern& pattern, const KeyParts& parts, Names names);
    /// The names that may stand for the star at this position; empty where any may.
    [[nodiscard]] static const std::vector<std::string>& listed_names(const Pattern& pattern, std::size_t position);
    [[nodiscard]] static bool is_listed(const Pattern& pattern, std::size_t position, const std::string& name);
    [[nodiscard]] static bool is_name(const Pattern& pattern, std::size_t position, const std::string& name);
    [[nodiscard]] static std::size_t star_number(const Pattern& pattern, std::size_t position);

    Catalogue catalogue_;
    std::vector<Declaration> data_rows_;
    std::vector<Pattern> patterns_;
};

}  // namespace segue
