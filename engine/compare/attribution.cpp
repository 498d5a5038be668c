#include "engine/compare/attribution.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <numeric>
#include <set>

#include <fmt/format.h>

#include "engine/compare/staff_cost.hpp"
#include "engine/rng/draws.hpp"
#include "engine/run/run.hpp"

namespace segue::compare {
namespace {

/// The n-th order: a shuffle by draws of its own.
Order drawn_order(std::size_t parts, std::uint32_t seed, std::uint32_t nth) {
    const Draws draws{Twin{seed, 0}, std::uint64_t{0}, Purpose::order_of_parts, nth};
    Order order(parts);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = parts - 1; i > 0; --i) {
        const std::uint32_t word = draws.words(static_cast<std::uint32_t>(i / 4))[i % 4];
        std::swap(order[i], order[below(static_cast<std::uint32_t>(i + 1), word)]);
    }
    return order;
}

std::int64_t to_grains(double value) { return std::llround(value / headline_grain); }

/// a / b, rounded to the nearest.
std::int64_t divided(std::int64_t a, std::int64_t b) { return (a >= 0 ? a + b / 2 : a - b / 2) / b; }

std::vector<ChangedPart> parts_between(const Arms& arms) {
    Problems problems;
    std::vector<ChangedPart> parts = changed_parts(arms.first().scenario(), arms.world(1).scenario());
    const std::string path = arms.world(1).scenario().path();
    if (arms.size() != 2) {
        problems.add({"--attribute", 0, 0}, fmt::format("there are {} arms", arms.size()))
            .expected("two: the difference of one from the other is split");
    } else if (parts.empty()) {
        problems.add({path, 0, 0}, "nothing differs from " + arms.first().scenario().path())
            .expected("at least one part whose share --attribute can find");
    } else if (parts.size() > most_parts) {
        problems.add({path, 0, 0}, fmt::format("it differs in {} parts", parts.size()))
            .expected(fmt::format("at most {} with --attribute", most_parts));
    }
    problems.raise_if_any();
    return parts;
}

/// Runs what lies between two arms.
class Between {
public:
    Between(const Arms& arms, const std::vector<ChangedPart>& parts, const Options& options, std::size_t replicates,
            run::Teller& teller)
        : arms_{arms}, parts_{parts}, options_{options}, replicates_{replicates}, teller_{teller} {}

    /// Headlines [coalition][replicate][headline]. Only so many scenarios are held at once as there are threads.
    [[nodiscard]] std::map<Coalition, std::vector<std::vector<double>>> run(const std::vector<Coalition>& coalitions) {
        std::map<Coalition, std::vector<std::vector<double>>> values;
        const auto at_once = static_cast<std::size_t>(std::max(options_.threads, 1));
        for (std::size_t from = 0; from < coalitions.size() && !teller_.stopped(); from += at_once) {
            const std::size_t count = std::min(at_once, coalitions.size() - from);
            run_some({coalitions.data() + from, count}, values);
        }
        return values;
    }
    [[nodiscard]] const std::vector<day::SelfCheck>& checks() const noexcept { return checks_; }
    [[nodiscard]] double person_years() const noexcept { return person_years_; }

private:
    void run_some(std::span<const Coalition> coalitions,
                  std::map<Coalition, std::vector<std::vector<double>>>& values) {
        std::vector<std::unique_ptr<const day::World>> worlds(coalitions.size());
        run::on_threads(options_.threads, coalitions.size(),
                        [&](std::size_t i) { worlds[i] = world_of(coalitions[i]); });
        std::vector<std::vector<double>> made(coalitions.size() * replicates_);
        run::on_threads(options_.threads, made.size(), [&](std::size_t task) {
            if (!teller_.stopped()) made[task] = headlines_of(*worlds[task / replicates_], task % replicates_);
        });
        for (std::size_t i = 0; i < made.size(); ++i) values[coalitions[i / replicates_]].push_back(std::move(made[i]));
    }

    [[nodiscard]] std::unique_ptr<const day::World> world_of(Coalition coalition) const {
        std::vector<const ChangedPart*> taken;
        std::string names;
        for (std::size_t part = 0; part < parts_.size(); ++part) {
            if ((coalition >> part & 1U) == 0) continue;
            taken.push_back(&parts_[part]);
            names += (names.empty() ? "" : ", ") + parts_[part].name;
        }
        const Scenario& second = arms_.world(1).scenario();
        try {
            return std::make_unique<const day::World>(with_parts(arms_.first().scenario(), second, taken));
        } catch (const ScenarioError& error) {
            Problems problems;
            for (const Problem& one : error.problems())
                problems.add(one.place, one.what).expected(one.expected).advice(one.advice);
            problems.add({second.path(), 0, 0}, fmt::format("only its {} cannot be had without its other parts", names))
                .advice("--attribute needs parts that can be changed one by one");
            problems.raise_if_any();
            throw;
        }
    }

    [[nodiscard]] std::vector<double> headlines_of(const day::World& world, std::size_t replicate) {
        OwnFigures own{staff_cost_per_year(world).value(), 0};
        std::vector<day::Outcome> outcomes;
        for (std::uint32_t row = 0; row < world.neighbourhoods().size(); ++row) {
            const Twin twin{world.run().seed, static_cast<std::uint32_t>(replicate)};
            day::Neighbourhood place{world, NeighbourhoodRow{row}, twin, options_.isa};
            outcomes.push_back(place.run([&](std::int64_t person_days) { return teller_.keep_going(person_days); }));
            if (outcomes.back().counts.empty()) return {};
            own.waiting_at_end += static_cast<double>(place.book().waiting());
            note(outcomes.back());
        }
        std::vector<const Counts*> counts;
        counts.reserve(outcomes.size());
        for (const day::Outcome& outcome : outcomes) counts.push_back(&outcome.counts);
        HeadlineReader reader = arms_.reader(0);
        Problems problems;
        reader.bind(world.plan(), problems);
        return reader.values(counts, own);
    }

    void note(const day::Outcome& outcome) {
        const std::lock_guard lock{mutex_};
        person_years_ += outcome.person_years;
        checks_.insert(checks_.end(), outcome.checks.begin(), outcome.checks.end());
    }

    const Arms& arms_;
    const std::vector<ChangedPart>& parts_;
    const Options& options_;
    std::size_t replicates_;
    run::Teller& teller_;
    std::mutex mutex_;
    std::vector<day::SelfCheck> checks_;
    double person_years_{0};
};

}  // namespace

std::vector<Order> orders_of(std::size_t parts, std::size_t runs, std::uint32_t seed) {
    std::vector<Order> orders;
    Order order(parts);
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (parts <= most_parts_in_all_orders) {
        do orders.push_back(order);
        while (std::next_permutation(order.begin(), order.end()));
        return orders;
    }
    const std::size_t pairs = std::max<std::size_t>(1, runs / (2 * (parts - 1)));
    for (std::uint32_t nth = 0; nth < pairs; ++nth) {
        orders.push_back(drawn_order(parts, seed, nth));
        orders.emplace_back(orders.back().rbegin(), orders.back().rend());
    }
    return orders;
}

std::vector<Coalition> coalitions_of(std::span<const Order> orders) {
    std::set<Coalition> coalitions;
    for (const Order& order : orders) {
        Coalition taken = 0;
        for (std::size_t i = 0; i + 1 < order.size(); ++i) coalitions.insert(taken |= Coalition{1} << order[i]);
    }
    return {coalitions.begin(), coalitions.end()};
}

std::vector<double> shares_of(std::span<const Order> orders, const std::function<double(Coalition)>& value) {
    const std::size_t parts = orders.front().size();
    std::vector<std::int64_t> added(parts, 0);
    for (const Order& order : orders) {
        Coalition taken = 0;
        double before = value(taken);
        for (const std::size_t part : order) {
            taken |= Coalition{1} << part;
            const double after = value(taken);
            if (!std::isfinite(before) || !std::isfinite(after)) return std::vector<double>(parts, std::nan(""));
            added[part] += to_grains(after) - to_grains(before);
            before = after;
        }
    }
    // Running totals are rounded rather than shares, so that the shares add up to the whole.
    std::vector<double> shares;
    std::int64_t total = 0;
    std::int64_t told = 0;
    for (const std::int64_t one : added) {
        total += one;
        const std::int64_t rounded = divided(total, static_cast<std::int64_t>(orders.size()));
        shares.push_back(static_cast<double>(rounded - std::exchange(told, rounded)) * headline_grain);
    }
    return shares;
}

std::vector<double> Attribution::values(std::size_t headline, std::size_t part) const {
    std::vector<double> made;
    for (const auto& replicate : shares) made.push_back(replicate[headline][part]);
    return made;
}

Attribution attribute(const Arms& arms, const Comparison& comparison, const Options& options, std::size_t runs,
                      run::Observer& observer) {
    const std::vector<ChangedPart> parts = parts_between(arms);
    const std::vector<Order> orders = orders_of(parts.size(), runs, arms.first().run().seed);
    const std::vector<Coalition> coalitions = coalitions_of(orders);
    const std::size_t replicates = comparison.replicates.size();
    run::Teller teller{observer, run::person_days(arms.first()) * static_cast<double>(coalitions.size() * replicates)};
    Between between{arms, parts, options, replicates, teller};
    auto values = between.run(coalitions);
    Attribution made;
    for (const ChangedPart& part : parts) made.parts.push_back(part.name);
    made.in_all_orders = parts.size() <= most_parts_in_all_orders;
    made.orders = orders.size();
    made.runs = coalitions.size();
    made.checks = between.checks();
    made.person_years = between.person_years();
    made.finished = !teller.stopped();
    if (!made.finished) return made;
    const Coalition all_parts = (Coalition{1} << parts.size()) - 1;
    for (const ReplicateComparison& one : comparison.replicates) {
        values[0].push_back(one.values[0]);
        values[all_parts].push_back(one.values[1]);
    }
    for (std::size_t replicate = 0; replicate < replicates; ++replicate) {
        auto& of_replicate = made.shares.emplace_back();
        for (std::size_t headline = 0; headline < arms.headlines().size(); ++headline) {
            of_replicate.push_back(
                shares_of(orders, [&](Coalition coalition) { return values.at(coalition)[replicate][headline]; }));
        }
    }
    return made;
}

}  // namespace segue::compare
