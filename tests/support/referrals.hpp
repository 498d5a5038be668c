/// \file
/// Social prescribing by itself: link workers and activities of a few lines, and people who are seen when a test says so.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/model/prescribing/pathway.hpp"
#include "engine/model/team_parameters.hpp"
#include "tests/support/alike.hpp"
#include "tests/support/scenario_folder.hpp"

namespace segue::test {

inline Catalogue referral_catalogue() {
    Catalogue made;
    prescribing::declare_prescribing(made);
    made.add_table<TeamRoleParameters>({words<Role>()});
    return made;
}

inline Scenario referral_scenario(const std::string& text) {
    const ScenarioFolder folder({});
    Problems warnings;
    return load(folder.write("site/site.toml", "format = 1\n" + text), referral_catalogue(), {}, warnings);
}

/// Everybody at a contact is offered a referral, accepts it, comes, wants an activity and completes it.
inline const std::string everybody_passes =
    "[uptake]\noffer = ['fixed']\naccept = ['fixed']\nattend = ['fixed']\nstart = ['fixed']\ncomplete = ['fixed']\n"
    "[uptake.fixed]\noffer_share = 1\naccept_share = 1\nattend_share = 1\nstart_share = 1\ncomplete_share = 1\n";

/// What a test of the pathway says of it.
struct Referring {
    double wte{2};  ///< of link workers
    bool offered{true};
    std::string policy{};                ///< lines of [prescribing]
    std::string more{everybody_passes};  ///< any other tables
    std::uint32_t people{2000};
    MinuteTenths minutes_a_day{1'000'000};  ///< of link workers, on every day of the week
    std::uint32_t seed{1};
    bool rows_reversed{false};
};

/// A neighbourhood in which social prescribing is all that happens.
class Referrals {
public:
    static constexpr std::uint8_t social_need = 0;
    static constexpr std::uint8_t skin = 2;  ///< for which nobody is referred

    explicit Referrals(const Referring& what)
        : scenario_{referral_scenario("[team.roles.link_worker]\nwte = " + std::to_string(what.wte) +
                                      "\n[prescribing]\noffered = " + (what.offered ? "true\n" : "false\n") +
                                      what.policy + "\n" + what.more)},
          evidence_{scenario_, kinds(), problems_},
          terms_{scenario_},
          minutes_{what.minutes_a_day},
          state{people_alike(what.people, what.seed)},
          pathway{scenario_, evidence_, terms_, 0, first_day()} {
        problems_.raise_if_any();
        if (what.rows_reversed) state.people = in_reverse(state.people);
        state.treated.set(evidence_.effect, first_day());
    }

    /// Somebody is to be seen today about a need.
    void see(std::uint32_t row, std::uint32_t key = 1, std::uint8_t need = social_need) {
        seen_.push_back({row, key, need});
    }
    void see_everybody() {
        for (std::uint32_t row = 0; row < state.people.rows(); ++row) see(row);
    }
    /// A day: link workers first, then those who are seen.
    void live() {
        open_day();
        pathway.work(state);
        for (const Seeing& one : seen_) make_contact(one);
        pathway.offer(state);
        for (const segue::Contact& contact : state.today.contacts) state.requests.close(contact.slot);
        state.today.contacts.clear();
        seen_.clear();
        pathway.close_day(state, std::span{state.events.events()}.subspan(events_before_));
        events_before_ = state.events.events().size();
        ++state.today.day;
    }
    void live(int days) {
        for (int day = 0; day < days; ++day) live();
    }
    void employ(double wte) noexcept { terms_.wte = wte; }
    /// Dies or leaves.
    void goes(std::uint32_t row) {
        state.people.leave(PersonRow{row});
        pathway.forget(state, row);
        state.people.release(PersonRow{row});
    }

    [[nodiscard]] std::vector<Event> events(EventKind kind, std::uint8_t what) const {
        std::vector<Event> found;
        for (const Event& event : state.events.events()) {
            if (event.kind == kind && event.what == what) found.push_back(event);
        }
        return found;
    }
    [[nodiscard]] std::vector<Event> at(ReferralStage stage) const {
        return events(EventKind::referral_stage, static_cast<std::uint8_t>(stage));
    }
    [[nodiscard]] std::vector<Event> ended(ReferralEnd why) const {
        return events(EventKind::referral_ended, static_cast<std::uint8_t>(why));
    }
    [[nodiscard]] int count(ReferralStage stage) const { return static_cast<int>(at(stage).size()); }
    [[nodiscard]] int count(ReferralEnd why) const { return static_cast<int>(ended(why).size()); }
    [[nodiscard]] const prescribing::Evidence& evidence() const noexcept { return evidence_; }
    [[nodiscard]] Day yesterday() const noexcept { return state.today.day - 1; }

private:
    struct Seeing {
        std::uint32_t row;
        std::uint32_t key;
        std::uint8_t need;
    };
    static People in_reverse(const People& people) {
        People made;
        for (std::size_t row = people.rows(); row-- > 0;)
            made.enter(people.person(PersonRow{static_cast<std::uint32_t>(row)}), first_day());
        return made;
    }
    static Kinds kinds() {
        Kinds made;
        for (const char* name : {"social_need", "common_mental_disorder", "skin"})
            made.kinds.emplace_back().name = name;
        return made;
    }
    void open_day() {
        Today& today = state.today;
        today.link_worker_due.clear();
        today.activities_due.clear();
        state.calendar.take(today.day, [this, &today](const CalendarEntry& entry) {
            if (!state.is_current(entry)) return;
            (entry.due == Due::link_worker ? today.link_worker_due : today.activities_due).push_back(entry);
        });
        const Lines lines{1, {}};
        std::vector<std::uint32_t> first_desk(lines.size() + 1);
        for (std::size_t line = 0; line < first_desk.size(); ++line)
            first_desk[line] = static_cast<std::uint32_t>(line);
        state.minutes.open(lines, first_desk);
        state.minutes.put(lines.of(0, Role::link_worker), minutes_);
    }
    void make_contact(const Seeing& one) {
        const RequestSlot slot = state.requests.open(one.row);
        state.requests[slot].key = one.key;
        state.requests[slot].need = one.need;
        state.today.contacts.push_back({slot, 0, Mode::face_to_face, true, Seen::by_the_role, {}});
    }

    Problems problems_;
    Scenario scenario_;
    prescribing::Evidence evidence_;
    prescribing::Terms terms_;
    MinuteTenths minutes_;
    std::vector<Seeing> seen_;
    std::size_t events_before_{0};  ///< today's

public:
    NeighbourhoodState state;
    prescribing::Pathway pathway;
};

}  // namespace segue::test
