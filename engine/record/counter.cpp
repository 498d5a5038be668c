#include "engine/record/counter.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <functional>

namespace segue {
namespace {

std::size_t byte_of(Dimension dimension) noexcept {
    switch (dimension) {
        case Dimension::segment: return offsetof(Event, segment);
        case Dimension::practice: return offsetof(Event, practice);
        case Dimension::role: return offsetof(Event, role);
        case Dimension::need: return offsetof(Event, need);
        case Dimension::mode:
        case Dimension::channel:
        case Dimension::referral_route:
        case Dimension::stage_reached: return offsetof(Event, mode);
        case Dimension::activity:
        case Dimension::recourse: return offsetof(Event, role);
        default:
            return offsetof(Event, what);  // setting, condition, reason, origin, segment left, state, rebuff, service
    }
}

std::uint8_t byte_at(const Event& event, std::size_t offset) noexcept {
    std::uint8_t byte = 0;
    std::memcpy(&byte, reinterpret_cast<const char*>(&event) + offset, 1);
    return byte;
}

}  // namespace

Counter::Counter(const OutputPlan& plan) : plan_{&plan}, person_counts_of_(plan.outputs().size()) {
    for (std::size_t i = 0; i < plan.outputs().size(); ++i) {
        const Output& output = plan.outputs()[i];
        counts_.emplace_back(output.cells * plan.periods(output.every).size(), 0);
        add_route(i);
        if (output.statistic == Statistic::share_of_top) {
            person_counts_of_[i] = person_counts_.size();
            person_counts_.push_back({i, {}, {}, {}});
        }
    }
}

void Counter::add_route(std::size_t number) {
    const Output& output = plan_->outputs()[number];
    Route route;
    route.output = number;
    route.every = output.every;
    route.field = output.measure->field;
    route.statistic = output.statistic;
    route.only_what = output.measure->only_what;
    if (output.measure->appointments_only) route.counts_pair = plan_->labels().appointments;
    if (output.statistic == Statistic::histogram) {
        // Records hold whole units, edges those of the measure: pence against pounds.
        for (const double edge : output.edges) route.edges.push_back(edge / output.measure->scale);
    }
    route.period_stride = static_cast<std::uint32_t>(output.cells);
    route.by_cell.assign(demographic_cells, 0);
    std::uint32_t stride = static_cast<std::uint32_t>(std::max<std::size_t>(route.edges.size(), 1));
    for (std::size_t i = output.by.size(); i-- > 0;) {
        const Dimension dimension = output.by[i];
        for (std::uint32_t cell = 0; cell < demographic_cells; ++cell) {
            const auto who = static_cast<DemographicCell>(cell);
            if (dimension == Dimension::age_band)
                route.by_cell[cell] += stride * static_cast<std::uint32_t>(index(band_of(who)));
            if (dimension == Dimension::sex)
                route.by_cell[cell] += stride * static_cast<std::uint32_t>(index(sex_of(who)));
            if (dimension == Dimension::deprivation)
                route.by_cell[cell] += stride * static_cast<std::uint32_t>(quintile_of(who) - 1);
        }
        if (dimension == Dimension::frailty || dimension == Dimension::residence) {
            route.by_frailty.resize(16, 0);
            for (std::uint32_t both = 0; both < 16; ++both) {
                route.by_frailty[both] += stride * (dimension == Dimension::frailty ? both >> 2U : both & 3U);
            }
        } else if (dimension == Dimension::scope && output.measure->name != "budget_gbp") {
            route.scope_stride = stride;
        } else if (dimension > Dimension::deprivation) {
            route.bytes.push_back({byte_of(dimension), stride});
        }
        stride *= static_cast<std::uint32_t>(output.sizes[i]);
    }
    if (output.measure->stock != Stock::none) {
        stock_routes_.push_back(std::move(route));
        return;
    }
    for (const EventKind kind : output.measure->kinds) routes_of_[kind].push_back(routes_.size());
    routes_.push_back(std::move(route));
}

// The three of each record are inline, so that they are not calls: together they are a tenth of the days' loop.
inline bool Counter::concerns(const Route& route, const Event& event) {
    if (route.only_what && *route.only_what != event.what) return false;
    return route.counts_pair.empty() || route.counts_pair[event.need * count_of<Role> + event.role];
}

inline std::uint32_t Counter::place_of(const Route& route, const Event& event) noexcept {
    std::uint32_t place = route.by_cell[event.cell];
    if (!route.by_frailty.empty()) place += route.by_frailty[event.frailty_residence];
    for (const ByteStride& byte : route.bytes) place += byte.stride * byte_at(event, byte.offset);
    return place;
}

inline void Counter::count_one(const Route& route, const Event& event, std::size_t period) {
    std::int64_t amount = route.statistic == Statistic::sum ? measured(event, route.field) : 1;
    std::uint32_t place = place_of(route, event) + static_cast<std::uint32_t>(period) * route.period_stride;
    if (route.statistic == Statistic::histogram) {
        const auto value = static_cast<double>(measured(event, route.field));
        const auto bin = std::upper_bound(route.edges.begin(), route.edges.end(), value) - route.edges.begin();
        if (bin == 0) return;  // below the first edge
        place += static_cast<std::uint32_t>(bin - 1);
    }
    std::vector<std::int64_t>& values = counts_[route.output];
    if (route.scope_stride == 0) {
        values[place] += amount;
        return;
    }
    // A wider scope holds the narrower, so spending counts in its own scope and in every wider one.
    for (std::size_t scope = index(narrowest_scope(static_cast<Setting>(event.what))); scope < count_of<Scope>;
         ++scope) {
        values[place + route.scope_stride * scope] += amount;
    }
}

void Counter::count(const EventBuffer& buffer) {
    const Span& span = plan_->span();
    EnumArray<Period, std::size_t> period;
    std::int32_t last_day = -1;
    for (const Event& event : buffer.events()) {
        const Day day = buffer.first_day() + event.day;
        if (day < span.first || day > span.last) continue;
        if (event.day != last_day) {
            last_day = event.day;
            give_up_rows();  // a row has its next tenant on the day after at the earliest
            for (const Period step : all<Period>()) period[step] = plan_->periods(step).of(day);
        }
        for (const std::size_t number : routes_of_[event.kind]) {
            const Route& route = routes_[number];
            if (!concerns(route, event)) continue;
            if (route.statistic != Statistic::share_of_top) {
                count_one(route, event, period[route.every]);
            } else if (event.row != nobody) {
                PersonCounts& people = person_counts_[person_counts_of_[route.output]];
                if (people.by_row.size() <= event.row) people.by_row.resize(event.row + std::size_t{1}, 0);
                if (people.by_row[event.row] == 0) people.touched.push_back(event.row);
                people.by_row[event.row] += static_cast<std::uint32_t>(measured(event, route.field));
            }
        }
        if (event.kind == EventKind::death || event.kind == EventKind::leave) left_today_.push_back(event.row);
    }
    give_up_rows();
}

void Counter::give_up_rows() {
    for (const std::uint32_t row : left_today_) {
        for (PersonCounts& people : person_counts_) {
            if (row >= people.by_row.size() || people.by_row[row] == 0) continue;
            people.gone.push_back(people.by_row[row]);
            people.by_row[row] = 0;
        }
    }
    left_today_.clear();
}

void Counter::close_shares(Day today) {
    for (PersonCounts& people : person_counts_) {
        const Output& output = plan_->outputs()[people.output];
        if (!closes_today(people.output, today)) continue;
        const std::size_t period = plan_->periods(output.every).of(today);
        std::vector<std::uint32_t> counts = people.gone;
        for (const std::uint32_t row : people.touched) {
            if (people.by_row[row] > 0) counts.push_back(people.by_row[row]);
            people.by_row[row] = 0;
        }
        people.gone.clear();
        people.touched.clear();
        std::sort(counts.begin(), counts.end(), std::greater<>{});
        std::int64_t sum = 0;
        std::int64_t top = 0;
        const auto at_top = static_cast<std::size_t>(std::ceil(static_cast<double>(counts.size()) * output.top_share));
        for (std::size_t i = 0; i < counts.size(); ++i) {
            sum += counts[i];
            if (i < at_top) top += counts[i];
        }
        counts_[people.output][period] = sum == 0 ? 0 : top * 1'000'000'000 / sum;
    }
}

void Counter::count_people(const Output& output, std::vector<std::int64_t>& values, std::size_t period, Day today,
                           const Holdings& holdings) {
    const auto route = std::find_if(stock_routes_.begin(), stock_routes_.end(),
                                    [&](const Route& one) { return &plan_->outputs()[one.output] == &output; });
    const People& people = holdings.people;
    const TreatedPeople nobody_treated;
    const TreatedPeople& treated = holdings.treated == nullptr ? nobody_treated : *holdings.treated;
    const EffectSize& effect = treated.size();
    const auto changed = [&](std::uint32_t row, double full_size) {
        return std::llround(full_size * treated.strength(row, today));
    };
    Event who{};
    for (std::uint32_t row = 0; row < people.rows(); ++row) {
        if (people.present[row] == 0) continue;
        who.cell = people.cell[row];
        who.segment = people.segment[row];
        who.practice = people.practice[row];
        who.frailty_residence = people.frailty_residence[row];
        const std::size_t base = period * route->period_stride;
        switch (output.measure->stock) {
            case Stock::wellbeing: {
                constexpr std::int64_t most = 10'000;
                const std::int64_t now = people.wellbeing_milli[row] + changed(row, effect.life_satisfaction_milli);
                values[base + place_of(*route, who)] += std::clamp(now, std::int64_t{0}, most);
                break;
            }
            case Stock::utility: {
                constexpr std::int64_t most = 1'000'000;
                const std::int64_t now = people.utility_micro[row] + changed(row, effect.utility_micro);
                values[base + place_of(*route, who)] += std::min(now, most);
                break;
            }
            case Stock::loneliness_change:
                values[base + place_of(*route, who)] += changed(row, effect.loneliness_milli);
                break;
            case Stock::on_register:
                for (std::uint32_t left = people.conditions[row]; left != 0; left &= left - 1) {
                    who.what = static_cast<std::uint8_t>(__builtin_ctz(left));
                    ++values[base + place_of(*route, who)];
                }
                break;
            case Stock::in_passing_state:
                for (std::uint32_t left = people.passing[row]; left != 0; left &= left - 1) {
                    who.what = static_cast<std::uint8_t>(__builtin_ctz(left));
                    ++values[base + place_of(*route, who)];
                }
                break;
            default: ++values[base + place_of(*route, who)]; break;
        }
    }
}

void Counter::count_places(const Route& route, std::vector<std::int64_t>& values, std::size_t period,
                           const Holdings& holdings) {
    Event about{};
    const std::vector<std::int64_t>& used = holdings.prescribing.places_used;
    for (std::size_t activity = 0; activity < used.size(); ++activity) {
        about.role = static_cast<std::uint8_t>(activity);
        values[period * route.period_stride + place_of(route, about)] += used[activity];
    }
}

bool Counter::closes_today(std::size_t output, Day today) const noexcept {
    if (today < plan_->span().first || today > plan_->span().last) return false;
    const Periods& periods = plan_->periods(plan_->outputs()[output].every);
    return periods.day_after[periods.of(today)] == today + 1;
}

bool Counter::closes_a_stock(Day today) const noexcept {
    return std::any_of(stock_routes_.begin(), stock_routes_.end(),
                       [&](const Route& route) { return closes_today(route.output, today); });
}

void Counter::close_day(Day today, const Holdings& holdings) {
    for (const Route& route : stock_routes_) {
        if (!closes_today(route.output, today)) continue;
        const Output& output = plan_->outputs()[route.output];
        const std::size_t period = plan_->periods(output.every).of(today);
        std::vector<std::int64_t>& values = counts_[route.output];
        if (output.measure->about_people) {
            count_people(output, values, period, today, holdings);
        } else if (output.measure->stock == Stock::in_a_bed) {
            values[period] = holdings.in_a_bed;
        } else if (output.measure->stock == Stock::caseload) {
            values[period] = holdings.prescribing.caseload;
        } else if (output.measure->stock == Stock::waiting_for_link_worker) {
            values[period] = holdings.prescribing.waiting_for_link_worker;
        } else if (output.measure->stock == Stock::waiting_for_activity) {
            values[period] = holdings.prescribing.waiting_for_activity;
        } else if (output.measure->stock == Stock::activity_places_used) {
            count_places(route, values, period, holdings);
        } else if (output.measure->stock == Stock::hospital_waiting) {
            Event about{};
            for (const WaitStage stage : all<WaitStage>()) {
                about.what = static_cast<std::uint8_t>(stage);
                values[period * route.period_stride + place_of(route, about)] += holdings.hospital_waiting[stage];
            }
        } else {
            Event about{};
            for (const Role role : all<Role>()) {
                about.role = static_cast<std::uint8_t>(role);
                const std::int64_t held =
                    output.measure->stock == Stock::waiting ? holdings.waiting[role] : holdings.wte_thousandths[role];
                values[period * route.period_stride + place_of(route, about)] += held;
            }
        }
    }
}

}  // namespace segue
