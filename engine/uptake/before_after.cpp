#include "engine/uptake/before_after.hpp"

#include <stdexcept>
#include <unordered_set>
#include <utility>
#include <vector>

#include "engine/core/isa.hpp"
#include "engine/day/neighbourhood.hpp"

namespace segue::uptake {
namespace {

constexpr std::int32_t quarter_days = 91;
constexpr std::int32_t year_days = quarters_each_side * quarter_days;

/// What a cohort is made of, read from a neighbourhood's records as they come.
class Reader {
public:
    void take(const day::KeptEvent& kept) {
        const Event& event = kept.event;
        if (event.kind == EventKind::contact && static_cast<Role>(event.role) == Role::gp) {
            gp_contacts_.emplace_back(kept.person, kept.day);
        } else if (event.kind == EventKind::referral_stage &&
                   event.what == static_cast<std::uint8_t>(ReferralStage::accepted)) {
            accepted_on_.emplace(kept.person, kept.day);  // the first counts
        } else if (event.kind == EventKind::death || event.kind == EventKind::leave) {
            gone_.insert(kept.person);
        } else if (event.kind == EventKind::join || event.kind == EventKind::birth) {
            gone_.insert(kept.person);  // was not there a year before
        }
    }

    ReferralCohort close(const Span& span, const std::map<std::uint64_t, Day>* accepted_on) {
        ReferralCohort cohort;
        for (const auto& [person, day] : accepted_on != nullptr ? *accepted_on : accepted_on_) {
            if (day - year_days < span.first || day + year_days > span.last || gone_.count(person) != 0) continue;
            cohort.accepted_on.emplace(person, day);
            cohort.people[person] = {};
        }
        for (const auto& [person, day] : gp_contacts_) {
            const auto found = cohort.accepted_on.find(person);
            if (found == cohort.accepted_on.end() || day == found->second) continue;  // the contact that referred
            const std::int32_t since = day - found->second;
            const std::int32_t quarter = since > 0 ? quarters_each_side + (since - 1) / quarter_days
                                                   : quarters_each_side - 1 - (-since - 1) / quarter_days;
            if (quarter >= 0 && quarter < 2 * quarters_each_side)
                ++cohort.people[person][static_cast<std::size_t>(quarter)];
        }
        return cohort;
    }

private:
    std::vector<std::pair<std::uint64_t, Day>> gp_contacts_;
    std::map<std::uint64_t, Day> accepted_on_;
    std::unordered_set<std::uint64_t> gone_;
};

double sum_of(const Quarters& quarters, int first, int after_last) {
    double sum = 0;
    for (int quarter = first; quarter < after_last; ++quarter) sum += quarters[static_cast<std::size_t>(quarter)];
    return sum;
}

}  // namespace

ReferralCohort referred_people(const day::World& world, Twin twin, const std::map<std::uint64_t, Day>* accepted_on) {
    day::Neighbourhood neighbourhood{world, NeighbourhoodRow{0}, twin, best_isa()};
    neighbourhood.keep_events();
    Reader reader;
    std::vector<day::KeptEvent> records;
    while (!neighbourhood.is_over()) {
        neighbourhood.run_month();
        neighbourhood.hand_over_kept_events(records);
        for (const day::KeptEvent& kept : records) reader.take(kept);
    }
    for (const day::SelfCheck& check : neighbourhood.finish().checks) {
        if (!check.held) throw std::runtime_error{check.name + ": " + check.finding};
    }
    return reader.close(world.span(), accepted_on);
}

BeforeAfter before_after(const ReferredPeople& people, double subtracted) {
    BeforeAfter means;
    means.people = people.size();
    if (people.empty()) return means;
    for (const auto& [person, quarters] : people) {
        const double before = sum_of(quarters, 0, quarters_each_side) / quarters_each_side;
        means.before += before;
        means.last_quarter += quarters[quarters_each_side - 1];
        means.after += sum_of(quarters, quarters_each_side, 2 * quarters_each_side) / quarters_each_side;
        if (before < subtracted) means.below_zero_share += 1;
    }
    for (double* mean : {&means.before, &means.last_quarter, &means.after, &means.below_zero_share})
        *mean /= static_cast<double>(people.size());
    return means;
}

double twin_difference(const ReferredPeople& untreated, const ReferredPeople& treated) {
    double sum = 0;
    std::size_t twins = 0;
    for (const auto& [person, quarters] : untreated) {
        const auto twin = treated.find(person);
        if (twin == treated.end()) continue;
        sum += sum_of(twin->second, quarters_each_side, 2 * quarters_each_side) -
               sum_of(quarters, quarters_each_side, 2 * quarters_each_side);
        ++twins;
    }
    return twins == 0 ? 0 : sum / quarters_each_side / static_cast<double>(twins);
}

}  // namespace segue::uptake
