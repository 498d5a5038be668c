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
    Reader(const day::World& world, Treated as) : appointments_{world.plan().labels().appointments}, as_{as} {}

    void take(const day::KeptEvent& kept) {
        switch (kept.event.kind) {
            case EventKind::contact: take_contact(kept); break;
            case EventKind::referral_stage: take_stage(kept); break;
            case EventKind::death:
            case EventKind::leave:
            case EventKind::join:
            case EventKind::birth: not_all_along_.insert(kept.person); break;
            default: break;
        }
    }

    TreatedCohort close(const Span& span, const std::map<std::uint64_t, Day>* began_on) {
        TreatedCohort cohort;
        for (const auto& [person, day] : began_on != nullptr ? *began_on : began_on_) {
            if (day - year_days < span.first || day + year_days > span.last || not_all_along_.count(person) != 0)
                continue;
            cohort.began_on.emplace(person, day);
            cohort.people[person] = {};
        }
        for (const auto& [person, day] : appointments_on_) {
            const auto found = cohort.began_on.find(person);
            if (found == cohort.began_on.end() || day == found->second) continue;  // the contact that referred
            const std::int32_t since = day - found->second;
            const std::int32_t quarter = since > 0 ? quarters_each_side + (since - 1) / quarter_days
                                                   : quarters_each_side - 1 - (-since - 1) / quarter_days;
            if (quarter >= 0 && quarter < 2 * quarters_each_side)
                ++cohort.people[person][static_cast<std::size_t>(quarter)];
        }
        return cohort;
    }

private:
    void take_contact(const day::KeptEvent& kept) {
        constexpr int contacts_of_the_engaged = 3;
        const Event& event = kept.event;
        if (appointments_[event.need * count_of<Role> + event.role])
            appointments_on_.emplace_back(kept.person, kept.day);
        const auto contacts = link_worker_contacts_.find(kept.person);
        if (static_cast<Role>(event.role) != Role::link_worker || contacts == link_worker_contacts_.end()) return;
        if (++contacts->second == contacts_of_the_engaged) begin(kept, Treated::engaged);
    }
    void take_stage(const day::KeptEvent& kept) {
        const auto stage = static_cast<ReferralStage>(kept.event.what);
        if (stage == ReferralStage::accepted) {
            link_worker_contacts_[kept.person] = 0;
            begin(kept, Treated::referred);
        } else if (stage == ReferralStage::activity_started) {
            begin(kept, Treated::engaged);
        }
    }
    /// The first time counts.
    void begin(const day::KeptEvent& kept, Treated as) {
        if (as == as_) began_on_.emplace(kept.person, kept.day);
    }

    const std::vector<bool>& appointments_;  ///< by need, then role
    Treated as_;
    std::vector<std::pair<std::uint64_t, Day>> appointments_on_;
    std::map<std::uint64_t, Day> began_on_;
    std::map<std::uint64_t, int> link_worker_contacts_;  ///< since the latest acceptance
    std::unordered_set<std::uint64_t> not_all_along_;    ///< on the list
};

double sum_of(const Quarters& quarters, int first, int after_last) {
    double sum = 0;
    for (int quarter = first; quarter < after_last; ++quarter) sum += quarters[static_cast<std::size_t>(quarter)];
    return sum;
}

}  // namespace

TreatedCohort treated_cohort(const day::World& world, Twin twin, Treated as,
                             const std::map<std::uint64_t, Day>* began_on) {
    day::Neighbourhood neighbourhood{world, NeighbourhoodRow{0}, twin, best_isa()};
    neighbourhood.keep_events();
    Reader reader{world, as};
    std::vector<day::KeptEvent> records;
    while (!neighbourhood.is_over()) {
        neighbourhood.run_month();
        neighbourhood.hand_over_kept_events(records);
        for (const day::KeptEvent& kept : records) reader.take(kept);
    }
    for (const day::SelfCheck& check : neighbourhood.finish().checks) {
        if (!check.held) throw std::runtime_error{check.name + ": " + check.finding};
    }
    return reader.close(world.span(), began_on);
}

BeforeAfter before_after(const TreatedQuarters& people, double subtracted) {
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

double twin_difference(const TreatedQuarters& untreated, const TreatedQuarters& treated) {
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
