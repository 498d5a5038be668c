/// \file
/// A small tree of scenario files on disk, and a small catalogue to read them with.
#pragma once
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <unistd.h>

#include "engine/core/quantity.hpp"
#include "engine/scenario/scenario.hpp"

namespace segue::test {

enum class BookKind : std::uint8_t { practice, hub, count_ };
[[nodiscard]] constexpr auto names(BookKind) { return std::array<std::string_view, 2>{"practice", "hub"}; }

struct Book {
    Minutes contact{25};
    double carve_out{0.35};
    BookKind kind{BookKind::practice};
    std::vector<double> weekdays{1, 1, 1, 1, 1, 0, 0};
    std::vector<std::string> roles{"gp"};
    bool open{false};
    static constexpr std::string_view prefix = "book";
    static auto declarations() {
        const Source none{"assumption; no study found"};
        const auto doubt = Uncertain::known();
        return std::tuple{
            parameter(&Book::contact, "contact_minutes", "Time one contact takes from its role", Range{5, 180},
                      Uncertain::triangular(15, 25, 40), none, Certainty::C, Kind::evidence),
            parameter(&Book::carve_out, "carve_out_share", "Share kept for urgent requests", Range{0, 1}, doubt, none,
                      Certainty::B, Kind::policy),
            parameter(&Book::kind, "kind", "Whose book it is", Range{0, 0}, doubt, none, Certainty::C, Kind::policy),
            parameter(&Book::weekdays, "weekdays", "Minutes by weekday", Range{0, 1}, doubt, none, Certainty::C,
                      Kind::policy),
            parameter(&Book::roles, "roles", "Roles to try", std::vector<std::string>{"gp", "practice_nurse"}, doubt,
                      none, Certainty::C, Kind::policy),
            parameter(&Book::open, "open", "Whether it is open", Range{0, 0}, doubt, none, Certainty::C, Kind::policy)};
    }
};

struct World {
    std::int64_t size{40'000};
    PerYear turnover{0.1};
    Days half_patience{30};
    static constexpr std::string_view prefix = "world";
    static auto declarations() {
        const Source none{"assumption; no study found"};
        return std::tuple{parameter(&World::size, "size", "People", Range{1, 1e7}, Uncertain::known(), none,
                                    Certainty::C, Kind::data),
                          parameter(&World::turnover, "turnover_per_year", "Staff leaving", Range{0, 5},
                                    Uncertain::known(), none, Certainty::C, Kind::evidence),
                          parameter(&World::half_patience, "half_patience_days", "Patience", Range{0, 365},
                                    Uncertain::known(), none, Certainty::C, Kind::evidence)};
    }
};

struct TeamRole {
    Wte wte{0};
    static constexpr std::string_view prefix = "team.roles.*";
    static auto declarations() {
        return std::tuple{parameter(&TeamRole::wte, "wte", "In post", Range{0, 1000}, Uncertain::known(),
                                    Source{"own choice"}, Certainty::C, Kind::policy)};
    }
};

struct Need {
    int stream{-1};  // outside its range: must be given
    PerYear onset{0};
    std::vector<std::string> settings{};
    static constexpr std::string_view prefix = "needs.*";
    static auto declarations() {
        const Source none{"needs.csv"};
        return std::tuple{parameter(&Need::stream, "stream", "Keys its luck", Range{0, 63}, Uncertain::known(), none,
                                    Certainty::C, Kind::evidence),
                          parameter(&Need::onset, "onset_per_year", "Onsets", Range{0, 50}, Uncertain::known(), none,
                                    Certainty::C, Kind::evidence),
                          parameter(&Need::settings, "settings", "Where", Range{0, 0}, Uncertain::known(), none,
                                    Certainty::C, Kind::evidence)};
    }
};

struct NeedRole {
    double resolution{0};
    Minutes contact{10};
    static constexpr std::string_view prefix = "needs.*.roles.*";
    static auto declarations() {
        const Source none{"need_roles.csv"};
        return std::tuple{parameter(&NeedRole::resolution, "resolution", "Share met", Range{0, 1}, Uncertain::known(),
                                    none, Certainty::C, Kind::evidence),
                          parameter(&NeedRole::contact, "contact_minutes", "Time", Range{1, 240}, Uncertain::known(),
                                    none, Certainty::C, Kind::evidence)};
    }
};

inline Catalogue small_catalogue() {
    Catalogue catalogue;
    catalogue.add<Book>();
    catalogue.add<World>();
    catalogue.add_table<TeamRole>({{"gp", "practice_nurse", "link_worker"}});
    catalogue.add_table<Need>({{}});
    catalogue.add_table<NeedRole>({{}, {"gp", "practice_nurse", "link_worker"}});
    catalogue.add_layer_table("needs", "needs.*");
    catalogue.add_layer_table("need_roles", "needs.*.roles.*");
    catalogue.add_data_table({"life_table", "Chance of death by age and sex", {"age", "sex", "chance"}, false});
    return catalogue;
}

/// A folder of its own for each test, removed at its end.
class Tree {
public:
    Tree() {
        std::string pattern = (std::filesystem::temp_directory_path() / "segue-test-XXXXXX").string();
        root_ = ::mkdtemp(pattern.data());
    }
    Tree(const Tree&) = delete;
    Tree& operator=(const Tree&) = delete;
    ~Tree() { std::filesystem::remove_all(root_); }

    /// Writes a file below scenarios/, and gives its path.
    std::string write(const std::string& name, std::string_view text) const {
        const std::filesystem::path path = std::filesystem::path{root_} / "scenarios" / name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream{path, std::ios::binary} << text;
        return path.string();
    }
    [[nodiscard]] const std::string& root() const noexcept { return root_; }
    [[nodiscard]] std::string path(const std::string& name) const { return root_ + "/scenarios/" + name; }

    /// A message without the folder that differs from run to run.
    [[nodiscard]] std::string plain(std::string text) const {
        const std::string start = root_ + "/scenarios/";
        for (std::size_t at = text.find(start); at != std::string::npos; at = text.find(start))
            text.erase(at, start.size());
        return text;
    }

private:
    std::string root_;
};

inline Scenario loaded(const std::string& path, const std::vector<std::string>& overrides = {}) {
    Problems warnings;
    return load(path, small_catalogue(), {overrides}, warnings);
}

/// What loading says: every problem, one a line; or the warnings of a scenario that loads.
inline std::string messages(const Tree& tree, const std::string& path, const std::vector<std::string>& overrides = {}) {
    Problems warnings;
    try {
        static_cast<void>(load(path, small_catalogue(), {overrides}, warnings));
    } catch (const ScenarioError& error) {
        return tree.plain(error.what());
    }
    std::string text;
    for (const Problem& problem : warnings.all()) text += to_string(problem) + "\n";
    return tree.plain(text);
}

/// The same for one file "s/a.toml" whose head says its format.
inline std::string messages_of(const std::string& text, const std::vector<std::string>& overrides = {}) {
    const Tree tree;
    return messages(tree, tree.write("s/a.toml", "format = 1\n" + text), overrides);
}

}  // namespace segue::test
