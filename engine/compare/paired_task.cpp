#include "engine/compare/paired_task.hpp"

#include <memory>

namespace segue::compare {
namespace {

using Neighbourhoods = std::vector<std::unique_ptr<day::Neighbourhood>>;

Neighbourhoods start(const Arms& arms, NeighbourhoodRow row, Twin twin, Isa isa) {
    Neighbourhoods made;
    for (std::size_t arm = 0; arm < arms.size(); ++arm) {
        made.push_back(std::make_unique<day::Neighbourhood>(arms.world(arm), row, twin, isa));
        // From the warm-up on: arms may part in it, and the first cause may lie there.
        made.back()->keep_events_from(arms.world(arm).warm_up_start());
    }
    return made;
}

void open_span(TwinWatch& watch, const Neighbourhoods& places) {
    for (std::size_t arm = 0; arm < places.size(); ++arm) watch.open_span(arm, places[arm]->state().people);
}

PairedOutcome finish(const Arms& arms, Neighbourhoods& places, const TwinWatch& watch) {
    PairedOutcome outcome;
    const std::size_t segments = arms.first().plan().labels().segments.size();
    for (std::size_t arm = 0; arm < places.size(); ++arm) {
        outcome.waiting_at_end.push_back(static_cast<double>(places[arm]->book().waiting()));
        outcome.arms.push_back(places[arm]->finish());
        outcome.twins.push_back(watch.counts(arm, segments));
    }
    return outcome;
}

}  // namespace

std::optional<PairedOutcome> run_paired(const Arms& arms, NeighbourhoodRow row, Twin twin, Isa isa,
                                        const KeepGoing& keep_going, const std::function<void(day::Audit&)>& spoil) {
    Neighbourhoods places = start(arms, row, twin, isa);
    const Day span_first = arms.first().span().first;
    TwinWatch watch{arms.size(), span_first};
    if (places.front()->tomorrow() == span_first) open_span(watch, places);
    std::vector<std::vector<day::KeptEvent>> records(arms.size());
    while (!places.front()->is_over()) {
        std::int64_t person_days = 0;
        for (std::size_t arm = 0; arm < places.size(); ++arm) {
            const std::int64_t before = places[arm]->person_days();
            places[arm]->run_month();
            person_days += places[arm]->person_days() - before;
            places[arm]->hand_over_kept_events(records[arm]);
        }
        watch.compare(records);
        if (places.front()->tomorrow() == span_first) open_span(watch, places);
        if (!keep_going(person_days)) return std::nullopt;
    }
    PairedOutcome outcome = finish(arms, places, watch);
    for (std::size_t arm = 0; spoil && arm < places.size(); ++arm)
        day::judge_spoiled(*places[arm], spoil, outcome.arms[arm]);
    return outcome;
}

}  // namespace segue::compare
