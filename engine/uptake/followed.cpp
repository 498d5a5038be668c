#include "engine/uptake/followed.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "engine/model/prescribing/network.hpp"

namespace segue::uptake {
namespace {

constexpr std::int32_t days_in_a_year = 365;
constexpr std::size_t longest_wait_days = 1100;

std::size_t group_of(Grouping grouping, DemographicCell cell, std::uint8_t segment) {
    switch (grouping) {
        case Grouping::deprivation: return static_cast<std::size_t>(quintile_of(cell) - 1);
        case Grouping::age_band: return index(band_of(cell));
        case Grouping::sex: return index(sex_of(cell));
        default: return segment;
    }
}

/// The compared stage that a record is, if it is one.
std::optional<Reached> reached_by(const Event& event) {
    if (event.kind != EventKind::referral_stage) return std::nullopt;
    switch (static_cast<ReferralStage>(event.what)) {
        case ReferralStage::offered: return Reached::offered;
        case ReferralStage::accepted: return Reached::accepted;
        case ReferralStage::first_contact: return Reached::contacted;
        case ReferralStage::activity_started: return Reached::started;
        default: return std::nullopt;
    }
}

/// Reads a neighbourhood's records as they come.
class Follower {
public:
    explicit Follower(const day::World& world) : world_{world}, followed_{world} {}

    void take(const std::vector<day::KeptEvent>& events) {
        for (const day::KeptEvent& kept : events) {
            if (kept.event.kind == EventKind::referral_stage) {
                take_stage(kept);
            } else if (kept.event.kind == EventKind::referral_ended && in_span(kept.day) &&
                       kept.event.what == static_cast<std::uint8_t>(ReferralEnd::gave_up_waiting)) {
                ++followed_.gave_up;
            }
        }
    }

    Followed close(const NeighbourhoodState& state, double person_years) {
        followed_.person_years = person_years;
        for (std::uint32_t row = 0; row < state.people.rows(); ++row) {
            if (state.people.present[row] == 0) continue;
            for (const Grouping grouping : all<Grouping>())
                ++followed_.people[grouping][group_of(grouping, state.people.cell[row], state.people.segment[row])];
        }
        count_ties(state);
        return std::move(followed_);
    }

private:
    [[nodiscard]] bool in_span(Day day) const { return day >= world_.span().first && day <= world_.span().last; }

    void take_stage(const day::KeptEvent& kept) {
        const Event& event = kept.event;
        if (event.what == static_cast<std::uint8_t>(ReferralStage::accepted)) users_.insert(kept.person);
        if (event.what == static_cast<std::uint8_t>(ReferralStage::assigned) && in_span(kept.day))
            ++followed_.days_on_list[std::min<std::size_t>(event.delay, longest_wait_days - 1)];
        const auto stage = reached_by(event);
        if (!stage) return;
        if (in_span(kept.day)) {
            const std::size_t month = world_.plan().periods(Period::month).of(kept.day);
            ++followed_.by_month[*stage][month];
            for (const Grouping grouping : all<Grouping>()) {
                const std::size_t group = group_of(grouping, event.cell, event.segment);
                ++followed_.by_group_and_month[*stage][grouping][group * followed_.months() + month];
            }
        }
        const Day accepted = kept.day - event.lead;
        const bool in_cohort = accepted >= world_.span().first && accepted + days_in_a_year <= world_.span().last;
        if (*stage != Reached::offered && in_cohort && event.lead <= days_in_a_year) ++followed_.of_cohort[*stage];
    }

    /// Over the network that models with one would have, whether this one has it or not.
    void count_ties(const NeighbourhoodState& state) {
        prescribing::Network network{world_.scenario().read<prescribing::NetworkParameters>(), state.twin};
        network.tie(state.people);
        std::vector<bool> is_user(state.people.rows(), false);
        for (std::uint32_t row = 0; row < state.people.rows(); ++row)
            is_user[row] = state.people.present[row] != 0 && users_.count(state.people.key[row]) != 0;
        for (std::uint32_t row = 0; row < state.people.rows(); ++row) {
            if (is_user[row]) ++followed_.users;
            network.each_tie(state.people, row, [&](std::uint32_t other) {
                ++followed_.ties;
                followed_.ties_of_users += is_user[row] ? 1 : 0;
                followed_.ties_to_users += is_user[other] ? 1 : 0;
                followed_.ties_between_users += is_user[row] && is_user[other] ? 1 : 0;
            });
        }
    }

    const day::World& world_;
    Followed followed_;
    std::unordered_set<std::uint64_t> users_;
};

void add_to(std::vector<std::int64_t>& sums, const std::vector<std::int64_t>& others) {
    std::transform(sums.begin(), sums.end(), others.begin(), sums.begin(), std::plus<>{});
}

double over(double part, double whole) { return whole == 0 ? 0 : part / whole; }

EnumArray<Grouping, std::size_t> numbers_of_groups(const day::World& world) {
    EnumArray<Grouping, std::size_t> numbers;
    for (const Grouping grouping : all<Grouping>()) numbers[grouping] = group_labels(world, grouping).size();
    return numbers;
}

}  // namespace

std::vector<std::string> group_labels(const day::World& world, Grouping grouping) {
    std::vector<std::string> fifths;
    switch (grouping) {
        case Grouping::age_band: return words<AgeBand>();
        case Grouping::sex: return words<Sex>();
        case Grouping::segment: return world.plan().labels().segments;
        default:
            for (int fifth = 1; fifth <= deprivation_quintiles; ++fifth) fifths.push_back(std::to_string(fifth));
            return fifths;
    }
}

Followed::Followed(std::size_t months, const EnumArray<Grouping, std::size_t>& groups) {
    for (const Grouping grouping : all<Grouping>()) {
        people[grouping].assign(groups[grouping], 0);
        for (const Reached stage : all<Reached>())
            by_group_and_month[stage][grouping].assign(groups[grouping] * months, 0);
    }
    for (const Reached stage : all<Reached>()) by_month[stage].assign(months, 0);
    days_on_list.assign(longest_wait_days, 0);
}

Followed::Followed(const day::World& world)
    : Followed{world.plan().periods(Period::month).size(), numbers_of_groups(world)} {
    span_years = (world.span().last - world.span().first + 1) / days_per_year;
}

void Followed::add(const Followed& other) {
    for (const Grouping grouping : all<Grouping>()) {
        add_to(people[grouping], other.people[grouping]);
        for (const Reached stage : all<Reached>())
            add_to(by_group_and_month[stage][grouping], other.by_group_and_month[stage][grouping]);
    }
    for (const Reached stage : all<Reached>()) {
        add_to(by_month[stage], other.by_month[stage]);
        of_cohort[stage] += other.of_cohort[stage];
    }
    add_to(days_on_list, other.days_on_list);
    gave_up += other.gave_up;
    person_years += other.person_years;
    users += other.users;
    ties += other.ties;
    ties_of_users += other.ties_of_users;
    ties_to_users += other.ties_to_users;
    ties_between_users += other.ties_between_users;
}

std::span<const std::int64_t> Followed::by_month_of(Reached stage, Grouping grouping,
                                                    std::size_t group) const noexcept {
    return std::span{by_group_and_month[stage][grouping]}.subspan(group * months(), months());
}

std::int64_t Followed::of_group(Reached stage, Grouping grouping, std::size_t group) const noexcept {
    const auto counts = by_month_of(stage, grouping, group);
    return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

std::int64_t Followed::total(Reached stage) const noexcept {
    return std::accumulate(by_month[stage].begin(), by_month[stage].end(), std::int64_t{0});
}

double Followed::offered_per_person_year() const noexcept {
    return over(static_cast<double>(total(Reached::offered)), person_years);
}

double Followed::accepted_share() const noexcept {
    return over(static_cast<double>(total(Reached::accepted)), static_cast<double>(total(Reached::offered)));
}

double Followed::within_a_year(Reached stage) const noexcept {
    return over(static_cast<double>(of_cohort[stage]), static_cast<double>(of_cohort[Reached::accepted]));
}

double Followed::wait_quantile(double share) const noexcept {
    const auto all_waits = std::accumulate(days_on_list.begin(), days_on_list.end(), std::int64_t{0});
    double left = share * static_cast<double>(all_waits);
    for (std::size_t days = 0; days < days_on_list.size(); ++days) {
        left -= static_cast<double>(days_on_list[days]);
        if (left <= 0) return static_cast<double>(days);
    }
    return 0;
}

double Followed::rate(Reached stage, Grouping grouping, std::size_t group) const noexcept {
    return over(static_cast<double>(of_group(stage, grouping, group)),
                static_cast<double>(people[grouping][group]) * span_years);
}

double Followed::concentration_index(Reached stage) const noexcept {
    const auto& list = people[Grouping::deprivation];
    const auto all_reached = static_cast<double>(total(stage));
    const auto all_people = static_cast<double>(std::accumulate(list.begin(), list.end(), std::int64_t{0}));
    double index_value = 0;
    double share_of_people = 0;
    double share_reached = 0;
    for (std::size_t fifth = 0; fifth < list.size(); ++fifth) {
        const double people_before = share_of_people;
        const double reached_before = share_reached;
        share_of_people += over(static_cast<double>(list[fifth]), all_people);
        share_reached += over(static_cast<double>(of_group(stage, Grouping::deprivation, fifth)), all_reached);
        index_value += people_before * share_reached - share_of_people * reached_before;
    }
    return index_value;
}

double Followed::clustering() const noexcept {
    const double of_users = over(static_cast<double>(ties_between_users), static_cast<double>(ties_of_users));
    return over(of_users, over(static_cast<double>(ties_to_users), static_cast<double>(ties)));
}

Followed follow(const day::World& world, NeighbourhoodRow row, Twin twin, Isa isa) {
    day::Neighbourhood neighbourhood{world, row, twin, isa};
    neighbourhood.keep_events_from(world.warm_up_start());
    Follower follower{world};
    std::vector<day::KeptEvent> records;
    while (!neighbourhood.is_over()) {
        neighbourhood.run_month();
        neighbourhood.hand_over_kept_events(records);
        follower.take(records);
    }
    const day::Outcome outcome = neighbourhood.finish();
    for (const day::SelfCheck& check : outcome.checks) {
        if (!check.held) throw std::runtime_error{check.name + ": " + check.finding};
    }
    return follower.close(neighbourhood.state(), outcome.results_person_years);
}

}  // namespace segue::uptake
