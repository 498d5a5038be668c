/// \file
/// Small results that hold one of everything a file can carry, and a folder of their own to write them in.
#pragma once
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "engine/results/results.hpp"

namespace segue::test {

/// Two months, two roles, every type; the values of a replicate depend on its number alone.
inline Results sample(const std::vector<std::int64_t>& replicates = {0, 1, 2}) {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    Results results;
    results.axes = {
        {"replicate", "run of the scenario under its own key", "1", {}, replicates, {}, {}},
        {"month", "calendar month", "days since 1970-01-01", {}, {20544, 20574}, {20544, 20574, 20574, 20600}, {}},
        {"role", "kind of worker", "1", {"general practitioner", "infirmière"}, {}, {}, {{"source", "scenario"}}},
        {"bin", "lower edge of the bin", "d", {}, {0, 1, 2, 8}, {}, {}},
        {"activity", "community activity", "1", {}, {}, {}, {}}};
    std::vector<std::int32_t> waiting;
    std::vector<std::int64_t> cost;
    std::vector<double> delay;
    std::vector<std::int32_t> status;
    for (const std::int64_t replicate : replicates) {
        const auto number = static_cast<std::int32_t>(replicate);
        waiting.insert(waiting.end(), {100 + number, 7, 120 - number, 9});
        cost.insert(cost.end(), {9'000'000'000 + replicate, -replicate});
        delay.insert(delay.end(), {0.5 * static_cast<double>(number), none, -0.0, 1e-300});
        status.push_back(0);
    }
    results.variables = {
        {"waiting",
         {"replicate", "month", "role"},
         "1",
         "people waiting at the close of the last day",
         {{"measure", "waiting"}, {"zebra", ""}},
         waiting},
        {"cost_pence", {"replicate", "month"}, "1", "cost of contacts, in pence", {{"price_year", "2024/25"}}, cost},
        {"delay_share", {"replicate", "bin"}, "1", "share of contacts by delay", {}, delay},
        {"places", {"replicate", "activity"}, "1", "places used", {}, std::vector<std::int32_t>{}},
        {"wte", {"role"}, "WTE", "in post at the start", {}, std::vector<double>{12.5, 9.25}},
        {"people", {}, "1", "people at the start", {}, std::vector<std::int64_t>{40'000}},
        {"replicate_status", {"replicate"}, "1", "0 complete, 1 missing, 2 failed its self-checks", {}, status}};
    results.attributes = {{"title", "Two roles – a village"}, {"Conventions", "CF-1.10"}, {"schema", "1"}};
    results.provenance.texts = {{"scenario_toml", "format = 1\n" + std::string(100'000, '#')},
                                {"data/life_table.csv", "age,rate\n0,0.004\n"},
                                {"hash", std::string(64, 'a')},
                                {"data/needs.csv", ""},
                                {"seed", "7"}};
    return results;
}

/// A folder that goes with its test.
class Folder {
public:
    explicit Folder(const std::string& name)
        : path_{std::filesystem::temp_directory_path() / (name + "-" + std::to_string(::getpid()))} {
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path_); }

    [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
    [[nodiscard]] std::string path() const { return path_.string(); }
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator{path_}) names.push_back(entry.path().filename());
        return names;
    }

private:
    std::filesystem::path path_;
};

inline std::string slurp(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

inline void spill(const std::string& path, const std::string& bytes) { std::ofstream{path, std::ios::binary} << bytes; }

}  // namespace segue::test
