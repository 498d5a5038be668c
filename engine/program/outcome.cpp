#include "engine/program/outcome.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/program/words.hpp"

namespace segue::program {
namespace {

using Json = nlohmann::ordered_json;

double rate(const run::Summary& summary, double seconds) { return seconds > 0 ? summary.person_years / seconds : 0; }

double ratio(double part, double whole) { return whole > 0 ? part / whole : 0; }

std::string lists_text(const ListTrends& lists) {
    std::string text;
    for (const WaitingList list : all<WaitingList>()) {
        const auto& trend = lists[list];
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name_of(list), trend_text(trend));
        if (trend) text += fmt::format(" ({} waiting)", grouped(trend->waiting));
    }
    return text;
}

Json lists_json(const ListTrends& lists) {
    Json told = Json::object();
    for (const WaitingList list : all<WaitingList>()) {
        const auto& trend = lists[list];
        Json& one = told[std::string{name_of(list)}];
        if (!trend) continue;
        one = {{"trend", name_of(trend->trend)},
               {"waiting", trend->waiting},
               {"change_per_week", trend->change.value},
               {"change_per_week_least", trend->change.least},
               {"change_per_week_most", trend->change.most}};
    }
    return told;
}

std::string checks_text(const run::Summary& summary) {
    return summary.failed_checks.empty() ? "self-checks held"
                                         : counted(summary.failed_checks.size(), "self-check") + " FAILED";
}

Json checks_json(const run::Summary& summary) {
    Json failed = Json::array();
    for (const day::SelfCheck& check : summary.failed_checks)
        failed.push_back({{"name", check.name}, {"finding", check.finding}});
    return {{"held", summary.failed_checks.empty()}, {"failed", std::move(failed)}};
}

}  // namespace

std::string outcome_line(const run::Summary& summary, double seconds) {
    if (summary.was_there) return fmt::format("{}: these results were there already; nothing was run", summary.path);
    return fmt::format("{}: {} person-years at {} a second; lists: {}; {}", summary.path, grouped(summary.person_years),
                       grouped(rate(summary, seconds)), lists_text(summary.lists), checks_text(summary));
}

std::string outcome_json(const run::Summary& summary, double seconds) {
    Json told{{"path", summary.path},
              {"digest", summary.digest},
              {"finished", summary.finished},
              {"was_there", summary.was_there},
              {"replicates_run", summary.replicates_run},
              {"person_years", summary.person_years},
              {"seconds", seconds},
              {"person_years_per_second", rate(summary, seconds)}};
    told["lists"] = lists_json(summary.lists);
    told["lists_error_rate"] = list_error_rate;
    told["checks"] = checks_json(summary);
    return told.dump(2) + '\n';
}

std::string profile_text(const run::Summary& summary) {
    const double cpu = summary.loop_cpu_seconds + summary.synthesis_cpu_seconds;
    const auto events = static_cast<double>(summary.events);
    return fmt::format(
        "profile, CPU time of all threads\n"
        "  loop and counting        {}\n"
        "  synthesis                {}\n"
        "  events                   {}\n"
        "  events a person-year     {:.1f}\n"
        "  nanoseconds an event     {:.0f}\n"
        "  person-years a core-minute  {}\n",
        duration(summary.loop_cpu_seconds), duration(summary.synthesis_cpu_seconds), grouped(events),
        ratio(events, summary.person_years), ratio(summary.loop_cpu_seconds * 1e9, events),
        grouped(ratio(summary.person_years, cpu / 60)));
}

std::string failed_checks_text(const run::Summary& summary) {
    std::string text;
    for (const day::SelfCheck& check : summary.failed_checks)
        text += fmt::format("self-check failed: {}: {}\n", check.name, check.finding);
    if (!text.empty()) text += fmt::format("the results are kept in {}, for finding the cause only\n", summary.path);
    return text;
}

std::string stop_text(std::int64_t replicates, const std::string& path) {
    const std::string parts = path + ".parts";
    std::error_code error;
    if (!std::filesystem::exists(parts, error)) return "stopped before a replicate was finished: nothing is kept";
    return fmt::format("stopped: {} finished and kept in {}; the same command with --resume goes on from there",
                       counted(static_cast<std::size_t>(replicates), "more replicate"), parts);
}

ExitCode exit_code(const run::Summary& summary) noexcept {
    return summary.failed_checks.empty() ? ExitCode::done : ExitCode::failed;
}

}  // namespace segue::program
