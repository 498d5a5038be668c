#include "engine/population/age_curve.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/contracts.hpp"

namespace segue {
namespace {

constexpr double greatest_share = 0.97;

struct Node {
    double age;
    double share;
    double slope{0};
};

/// Slopes that keep every stretch monotone: the weighted harmonic mean of the neighbours' secants.
void set_slopes(std::vector<Node>& nodes) {
    for (std::size_t i = 1; i + 1 < nodes.size(); ++i) {
        const double before = nodes[i].age - nodes[i - 1].age;
        const double after = nodes[i + 1].age - nodes[i].age;
        const double secant_before = (nodes[i].share - nodes[i - 1].share) / before;
        const double secant_after = (nodes[i + 1].share - nodes[i].share) / after;
        const double weight_before = 2 * after + before;
        const double weight_after = after + 2 * before;
        nodes[i].slope =
            secant_before * secant_after <= 0
                ? 0
                : (weight_before + weight_after) / (weight_before / secant_before + weight_after / secant_after);
    }
    nodes.front().slope = nodes.size() > 1 ? (nodes[1].share - nodes[0].share) / (nodes[1].age - nodes[0].age) : 0;
    nodes.back().slope = 0;
}

double value_at(const std::vector<Node>& nodes, double age) {
    if (age >= nodes.back().age) return nodes.back().share;
    const auto after =
        std::upper_bound(nodes.begin(), nodes.end(), age, [](double x, const Node& n) { return x < n.age; });
    const Node& b = *after;
    const Node& a = *(after - 1);
    const double width = b.age - a.age;
    const double s = (age - a.age) / width;
    return a.share * (1 + 2 * s) * (1 - s) * (1 - s) + b.share * s * s * (3 - 2 * s) +
           width * s * (1 - s) * (a.slope * (1 - s) - b.slope * s);
}

double weight_of(const BandShare& band, const ByAge<double>& weights) {
    double sum = 0;
    for (int age = band.ages.from; age <= band.ages.to; ++age) sum += weights[age_index(age)];
    return sum;
}

/// The weighted mean over a band of a function of the middles of its years.
template <class F>
double band_mean(const BandShare& band, const ByAge<double>& weights, F value) {
    const double total = weight_of(band, weights);
    double sum = 0;
    for (int age = band.ages.from; age <= band.ages.to; ++age) {
        sum += (total > 0 ? weights[age_index(age)] / total : 1.0 / (band.ages.to - band.ages.from + 1)) *
               value(age + 0.5);
    }
    return sum;
}

/// One node for birth, one at each band's mean age, two at the edges of a band of nobody, and one between two bands.
/// `node_of_band` says which stands for which band.
std::vector<Node> first_nodes(std::span<const BandShare> bands, const ByAge<double>& weights,
                              std::vector<std::size_t>& node_of_band) {
    std::vector<Node> nodes{{0, 0}};
    for (const BandShare& band : bands) {
        const auto start = static_cast<double>(band.ages.from);
        if (start > nodes.back().age) nodes.push_back({start, 0});
        node_of_band.push_back(nodes.size());
        const double middle = band_mean(band, weights, [](double age) { return age; });
        nodes.push_back({band.share > 0 ? middle : static_cast<double>(band.ages.to + 1), band.share});
    }
    return nodes;
}

/// Between two bands: the geometric mean, which lets a steep rise begin late in the lower band.
void set_edges(std::vector<Node>& nodes, const std::vector<std::size_t>& node_of_band) {
    for (std::size_t i = 1; i < node_of_band.size(); ++i) {
        const std::size_t below = node_of_band[i - 1];
        const std::size_t above = node_of_band[i];
        if (above == below + 2) nodes[below + 1].share = std::sqrt(nodes[below].share * nodes[above].share);
    }
}

}  // namespace

ByBirthday<double> age_curve(std::span<const BandShare> bands, const ByAge<double>& weights) {
    SEGUE_EXPECT(!bands.empty());
    std::vector<std::size_t> node_of_band;
    std::vector<Node> nodes = first_nodes(bands, weights, node_of_band);
    constexpr int rounds = 60;
    for (int round = 0; round < rounds; ++round) {
        set_edges(nodes, node_of_band);
        set_slopes(nodes);
        for (std::size_t i = 0; i < bands.size(); ++i) {
            if (bands[i].share <= 0) continue;
            const double mean = band_mean(bands[i], weights, [&](double age) { return value_at(nodes, age); });
            double& share = nodes[node_of_band[i]].share;
            if (mean > 0) share = std::min(share * bands[i].share / mean, greatest_share);
        }
    }
    set_edges(nodes, node_of_band);
    set_slopes(nodes);
    ByBirthday<double> curve{};
    for (std::size_t birthday = 0; birthday < curve.size(); ++birthday) {
        curve[birthday] = value_at(nodes, static_cast<double>(birthday));
    }
    return curve;
}

}  // namespace segue
