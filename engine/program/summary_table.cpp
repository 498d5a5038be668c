#include "engine/program/summary_table.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/model/event.hpp"
#include "engine/program/text_table.hpp"
#include "engine/program/words.hpp"
#include "engine/scenario/toml.hpp"

namespace segue::program {
namespace {

using Json = nlohmann::ordered_json;

/// One figure of a row: a number, a word, or null where the file does not say.
struct Part {
    std::string key;
    int decimals{0};
    std::function<Json(const Figures&)> value;
};

/// What stands on one line: its figures are told apart by slashes.
struct Row {
    std::string label;
    std::vector<Part> parts;
};

Json json_of(Figure figure, double scale = 1) { return figure ? Json(*figure * scale) : Json(nullptr); }

std::string text_of(const Json& value, int decimals) {
    if (value.is_number()) return grouped(value.get<double>(), decimals);
    return value.is_string() ? value.get<std::string>() : "—";
}

std::string cell(const Row& row, const Figures& file) {
    std::string text;
    for (const Part& part : row.parts) text += (text.empty() ? "" : " / ") + text_of(part.value(file), part.decimals);
    return text;
}

Part figure(std::string key, int decimals, std::function<Figure(const Figures&)> read, double scale = 1) {
    return {std::move(key), decimals,
            [read = std::move(read), scale](const Figures& file) { return json_of(read(file), scale); }};
}
Part count(std::string key, std::string variable) {
    return figure(std::move(key), 0, [variable](const Figures& file) { return file.view().total(variable); });
}
Part per_thousand(std::string key, std::string variable, std::string axis = {}, std::string label = {}) {
    return figure(std::move(key), 1, [variable, axis, label](const Figures& file) {
        return file.per_thousand(variable, axis.empty() ? std::vector<Pick>{} : std::vector<Pick>{{axis, label}});
    });
}
Part per_person_year(std::string key, std::string variable, std::string axis = {}, std::string label = {}) {
    return figure(std::move(key), 2, [variable, axis, label](const Figures& file) {
        return file.per_person_year(variable, axis.empty() ? std::vector<Pick>{} : std::vector<Pick>{{axis, label}});
    });
}
Part mode_percent(Mode mode) {
    const std::string name{name_of(mode)};
    return figure(
        name + "_percent", 0,
        [name](const Figures& file) {
            return file.share("contacts", {"mode", name});
        },
        100);
}

/// How long people waited, of the whole span where books stand still, else of its ends.
Row days_row(const std::string& label, const std::string& variable, Stretch of = Stretch::all) {
    const std::string key = variable + (of == Stretch::first_quarter  ? "_first_quarter"
                                        : of == Stretch::last_quarter ? "_last_quarter"
                                                                      : "");
    const auto is_told = [of](const Figures& file) { return file.books_move() == (of != Stretch::all); };
    return {
        label,
        {figure(
             key + "_none_percent", 0,
             [=](const Figures& file) -> Figure {
                 const Figure later = is_told(file) ? file.share_from(variable, 1, of) : std::nullopt;
                 return later ? Figure{1 - *later} : later;
             },
             100),
         {key + "_median", 0,
          [=](const Figures& file) { return is_told(file) ? Json(file.median_days(variable, of)) : Json(nullptr); }},
         figure(
             key + "_over_14_percent", 1,
             [=](const Figures& file) { return is_told(file) ? file.share_from(variable, 15, of) : std::nullopt; },
             100)}};
}

void add_days_rows(std::vector<Row>& rows, const std::string& label, const std::string& variable) {
    rows.push_back(days_row(label, variable));
    rows.push_back(days_row("  first quarter, since lists change", variable, Stretch::first_quarter));
    rows.push_back(days_row("  last quarter", variable, Stretch::last_quarter));
}

std::vector<Row> people_rows() {
    return {{"people registered, start / end",
             {figure("people_start", 0, [](const Figures& file) { return file.people_at_start(); }),
              figure("people_end", 0, [](const Figures& file) { return file.people_at_end(); })}},
            {"births / deaths", {count("births", "births"), count("deaths", "deaths")}},
            {"joined / left", {count("joined", "joins"), count("left", "leaves")}}};
}

std::vector<Row> need_rows() {
    std::vector<Row> rows{{"needs a person-year, onset / derived",
                           {per_person_year("needs_onset_per_person_year", "needs", "origin", "onset"),
                            per_person_year("needs_derived_per_person_year", "needs", "origin", "derived")}},
                          {"contacts a person-year", {per_person_year("contacts_per_person_year", "contacts")}},
                          {"  face to face / telephone / online / home %",
                           {mode_percent(Mode::face_to_face), mode_percent(Mode::telephone),
                            mode_percent(Mode::video_or_online), mode_percent(Mode::home_visit)}}};
    add_days_rows(rows, "lead time: same day % / median d / over 14 d %", "lead_time_days");
    add_days_rows(rows, "delay: none % / median d / over 14 d %", "delay_days");
    rows.push_back({"did not attend %",
                    {figure(
                        "did_not_attend_percent", 1, [](const Figures& file) { return file.missed_share(); }, 100)}});
    rows.push_back({"waiting at the end",
                    {figure("waiting_end", 0, [](const Figures& file) { return file.view().at_end("waiting"); })}});
    rows.push_back({"gave up / escalated, per 1,000 a year",
                    {per_thousand("gave_up_per_1000", "gave_up"), per_thousand("escalated_per_1000", "escalated")}});
    return rows;
}

std::vector<Row> hospital_rows() {
    return {{"A&E attendances per 1,000 a year", {per_thousand("ae_attendances_per_1000", "ae_attendances")}},
            {"emergency admissions per 1,000 a year",
             {per_thousand("emergency_admissions_per_1000", "emergency_admissions")}},
            {"bed days per 1,000 a year, emergency / elective",
             {per_thousand("bed_days_per_1000", "bed_days", "admission", "emergency"),
              per_thousand("elective_bed_days_per_1000", "bed_days", "admission", "elective")}},
            {"outpatient referrals per 1,000 a year",
             {per_thousand("outpatient_referrals_per_1000", "referral_clocks_started")}},
            {"outpatients per 1,000 a year, first / follow-up",
             {per_thousand("outpatient_first_per_1000", "outpatient_contacts", "visit", "first"),
              per_thousand("outpatient_follow_up_per_1000", "outpatient_contacts", "visit", "follow_up")}},
            {"elective treatments per 1,000 a year", {per_thousand("elective_per_1000", "elective_admissions")}},
            {"on hospital lists at the end, first / treatment",
             {figure("first_attendance_waiting_end", 0,
                     [](const Figures& file) {
                         return file.view().at_end("hospital_waiting", {{"hospital_stage", "first_attendance"}});
                     }),
              figure("treatment_waiting_end", 0, [](const Figures& file) {
                  return file.view().at_end("hospital_waiting", {{"hospital_stage", "treatment"}});
              })}}};
}

std::vector<Row> unmet_rows() {
    std::vector<Row> rows{{"needs unmet per 1,000 a year", {per_thousand("unmet_needs_per_1000", "unmet_needs")}}};
    for (const UnmetReason reason : all<UnmetReason>()) {
        const std::string name{name_of(reason)};
        rows.push_back(
            {"  " + spaced(name), {per_thousand("unmet_" + name + "_per_1000", "unmet_needs", "reason", name)}});
    }
    return rows;
}

Figure budget(const Figures& file, const std::string& scope) {
    const Figure due = file.per_person_year("budget_gbp", {{"scope", scope}});
    return due && *due > 0 ? due : std::nullopt;
}

std::vector<Row> money_rows() {
    std::vector<Row> rows{{"staff in post, GBP a year", {figure("staff_gbp_per_year", 0, [](const Figures& file) {
                               return file.staff_cost_per_year();
                           })}}};
    for (const Scope scope : all<Scope>()) {
        const std::string name{name_of(scope)};
        rows.push_back({"GBP a head, cost / budget: " + spaced(name),
                        {figure("cost_" + name + "_gbp_per_head", 0,
                                [name](const Figures& file) {
                                    return file.per_person_year("cost_gbp", {{"scope", name}});
                                }),
                         figure("budget_" + name + "_gbp_per_head", 0,
                                [name](const Figures& file) { return budget(file, name); })}});
    }
    return rows;
}

/// A reason that nobody had in any file takes no line.
bool is_empty(const Row& row, const std::vector<Figures>& files) {
    if (!row.label.starts_with("  ")) return false;
    return std::all_of(files.begin(), files.end(), [&](const Figures& file) {
        const Json value = row.parts.front().value(file);
        return value.is_null() || (value.is_number() && value.get<double>() == 0);
    });
}

std::vector<Row> all_rows() {
    std::vector<Row> rows;
    for (auto* make : {people_rows, need_rows, hospital_rows, unmet_rows, money_rows}) {
        for (Row& row : make()) rows.push_back(std::move(row));
    }
    return rows;
}

Figure contacts_of(const Figures& file, Role role) {
    return file.per_person_year("contacts", {{"role", name_of(role)}});
}
Figure waiting_for(const Figures& file, Role role) { return file.view().at_end("waiting", {{"role", name_of(role)}}); }
Figure used_percent(const Figures& file, Role role) {
    const Figure share = file.used_share(role);
    return share ? Figure{*share * 100} : share;
}

std::string text_of(Figure figure, int decimals) { return text_of(json_of(figure), decimals); }

std::vector<Role> roles_in_post(const std::vector<Figures>& files) {
    std::vector<Role> roles;
    for (const Role role : all<Role>()) {
        if (std::any_of(files.begin(), files.end(), [role](const Figures& file) { return file.is_in_post(role); }))
            roles.push_back(role);
    }
    return roles;
}

std::string replicates_text(const Figures& file) {
    const std::size_t replicates = file.view().replicates();
    return replicates == 1 ? "one replicate" : fmt::format("mean of {} replicates", replicates);
}

/// Two files of one scenario are told apart by their own names.
std::string column_name(const Figures& file, const std::vector<Figures>& files) {
    const auto namesakes = std::count_if(files.begin(), files.end(),
                                         [&](const Figures& one) { return one.scenario() == file.scenario(); });
    if (namesakes == 1) return file.scenario();
    const std::string& path = file.path();
    return path.substr(path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1);
}

constexpr std::size_t most_overrides = 4;

/// The override that stands on this line below a file's name; the last line says how many more there are.
std::string override_cell(const Figures& file, std::size_t line) {
    const std::vector<std::string> overrides = file.overrides();
    if (line >= overrides.size()) return {};
    if (line + 1 == most_overrides && overrides.size() > most_overrides)
        return fmt::format("and {} more", overrides.size() - line);
    return shortened(overrides[line], 36);
}

std::size_t override_lines(const std::vector<Figures>& files) {
    std::size_t most = 0;
    for (const Figures& file : files) most = std::max(most, file.overrides().size());
    return std::min(most, most_overrides);
}

TextTable figure_table(const std::vector<Figures>& files, const std::vector<Row>& rows) {
    TextTable table{TextTable::Align::numbers};
    const auto line = [&](const std::string& label, const auto& text) {
        std::vector<std::string> cells{label};
        for (const Figures& file : files) cells.push_back(text(file));
        table.add(std::move(cells));
    };
    line("", [&](const Figures& file) { return column_name(file, files); });
    for (std::size_t i = 0; i < override_lines(files); ++i)
        line(i == 0 ? "set:" : "", [i](const Figures& file) { return override_cell(file, i); });
    line("", [](const Figures& file) { return file.dates(); });
    line("without intervals:", replicates_text);
    for (const Row& row : rows) {
        if (!is_empty(row, files)) line(row.label, [&](const Figures& file) { return cell(row, file); });
    }
    return table;
}

/// Contacts a person-year, people waiting at the end, minutes used of those there were; of a role that the file has.
std::string role_cell(const Figures& file, Role role) {
    const bool has_role = file.is_in_post(role);
    const auto shown = [has_role](Figure figure, int decimals) {
        return text_of(has_role ? figure : std::nullopt, decimals);
    };
    return fmt::format("{:>8} {:>8} {:>7}", shown(contacts_of(file, role), 2), shown(waiting_for(file, role), 0),
                       shown(used_percent(file, role), 0));
}

void add_roles(TextTable& table, const std::vector<Figures>& files) {
    std::vector<std::string> heading{"by role: a person-year / at the end / of minutes"};
    heading.resize(1 + files.size(), fmt::format("{:>8} {:>8} {:>7}", "contacts", "waiting", "used %"));
    table.add(std::move(heading));
    for (const Role role : roles_in_post(files)) {
        std::vector<std::string> cells{"  " + spaced(name_of(role))};
        for (const Figures& file : files) cells.push_back(role_cell(file, role));
        table.add(std::move(cells));
    }
}

Json json_of_roles(const Figures& file) {
    Json roles = Json::object();
    for (const Role role : roles_in_post({file})) {
        roles[std::string{name_of(role)}] = {{"contacts_per_person_year", json_of(contacts_of(file, role))},
                                             {"waiting_end", json_of(waiting_for(file, role))},
                                             {"minutes_used_percent", json_of(used_percent(file, role))}};
    }
    return roles;
}

constexpr std::ptrdiff_t files_side_by_side = 3;

}  // namespace

std::string summary_table(const std::vector<Figures>& files) {
    const std::vector<Row> rows = all_rows();
    std::string text;
    for (auto first = files.begin(); first != files.end();) {
        const auto last = first + std::min(files_side_by_side, files.end() - first);
        const std::vector<Figures> few{first, last};
        if (!text.empty()) text += '\n';
        TextTable table = figure_table(few, rows);
        add_roles(table, few);
        text += table.text();
        first = last;
    }
    return text;
}

std::string summary_json(const std::vector<Figures>& files) {
    Json all_files = Json::array();
    for (const Figures& file : files) {
        Json one{{"path", file.path()},
                 {"scenario", file.scenario()},
                 {"overrides", file.overrides()},
                 {"dates", file.dates()},
                 {"replicates", file.view().replicates()}};
        for (const Row& row : all_rows()) {
            for (const Part& part : row.parts) one[part.key] = part.value(file);
        }
        one["roles"] = json_of_roles(file);
        all_files.push_back(std::move(one));
    }
    return all_files.dump(2) + '\n';
}

}  // namespace segue::program
