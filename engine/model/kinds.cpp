#include "engine/model/kinds.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "engine/model/purpose_parameters.hpp"

namespace segue {
namespace {

double per_day(Days mean) noexcept { return mean.value() > 0 ? 1 / mean.value() : 0; }

NeedKind compile(const Scenario& scenario, const std::string& name) {
    NeedKind kind;
    kind.name = name;
    kind.parameters = scenario.read<NeedParameters>({name});
    const NeedParameters& p = kind.parameters;
    kind.presents = Chance{p.presents_share};
    kind.straight_to_ae = Chance{p.straight_to_ae_share};
    kind.worsens_to_ae = Chance{p.worsens_to_ae_share};
    kind.follow_up = Chance{p.follow_up_share};
    kind.returns = Chance{p.returns_share};
    kind.outpatient = Chance{p.outpatient_share};
    kind.admission = Chance{p.admission_share};
    kind.ae_admission = Chance{p.ae_admission_share};
    kind.prescribes = Chance{p.medicine_share};
    kind.telephone = Chance{p.telephone_share};
    kind.telephone_or_online = Chance{p.telephone_share + p.video_or_online_share};
    kind.up_to_home = Chance{p.telephone_share + p.video_or_online_share + p.home_visit_share};
    kind.up_to_group = Chance{p.telephone_share + p.video_or_online_share + p.home_visit_share + p.group_share};
    kind.heals_per_day = per_day(p.heals_in);
    kind.worsens_per_day = per_day(p.worsens_in);
    kind.gives_up_per_day = per_day(p.patience);
    for (const std::string& word : scenario.names_in("needs.*.roles.*", {name})) {
        const auto role = from_name<Role>(word);
        if (!role) continue;  // the loader has refused other words
        const auto fit = scenario.read<NeedRoleParameters>({name, word});
        kind.roles[*role] = {fit.resolution > 0, Chance{fit.resolution}, tenths(fit.contact)};
    }
    return kind;
}

std::vector<BookingPurpose> read_purposes(const Scenario& scenario, Problems& problems) {
    std::vector<BookingPurpose> purposes{BookingPurpose{}};
    for (const std::string& name : scenario.names_in("purposes.*")) {
        const auto p = scenario.read<PurposeParameters>({name});
        if (p.wanted_to < p.wanted_from) {
            problems
                .add(scenario.origin(fmt::format("purposes.{}.wanted_to_days", name)).place,
                     fmt::format("purposes.{} has a latest day before its earliest", name))
                .expected("wanted_from_days <= wanted_to_days");
        }
        if (p.urgent && p.wanted_to.value() > 0) {
            problems
                .add(scenario.origin(fmt::format("purposes.{}.wanted_to_days", name)).place,
                     fmt::format("purposes.{} is urgent and wishes for a later day", name))
                .expected("wanted_to_days = 0, or urgent = false");
        }
        purposes.push_back({name, p.urgent, p.wanted_from, p.wanted_to, p.weight});
    }
    return purposes;
}

/// How a kind's requests are shared out over all purposes.
Shares read_purposes_of(const Scenario& scenario, const std::string& need, const std::vector<BookingPurpose>& purposes,
                        Problems& problems) {
    std::vector<double> shares(purposes.size(), 0);
    const auto named = scenario.names_in("needs.*.purposes.*", {need});
    if (named.empty()) shares.front() = 1;
    double sum = shares.front();
    const auto origin_of = [&](const std::string& name) -> const Origin& {
        return scenario.origin(fmt::format("needs.{}.purposes.{}.share", need, name));
    };
    for (const std::string& name : named) {
        const std::string key = fmt::format("needs.{}.purposes.{}", need, name);
        const auto found = std::find_if(purposes.begin() + 1, purposes.end(),
                                        [&](const BookingPurpose& purpose) { return purpose.name == name; });
        if (found == purposes.end()) {
            std::vector<std::string> known;
            for (const BookingPurpose& purpose : purposes) known.push_back(purpose.name);
            const std::string near = nearest(name, known);
            problems.add(scenario.origin(key + ".share").place, fmt::format("{} is no purpose", key))
                .expected("the name of a table [purposes.NAME]")
                .advice(near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
            continue;
        }
        const double share = scenario.read<NeedPurposeParameters>({need, name}).share;
        shares[static_cast<std::size_t>(found - purposes.begin())] = share;
        sum += share;
    }
    if (std::abs(sum - 1) > 1e-6) {  // shares are written with a few decimals
        // Told where it was last written: tables come before files.
        const std::string& last = *std::max_element(named.begin(), named.end(), [&](const auto& a, const auto& b) {
            return origin_of(a).layer < origin_of(b).layer;
        });
        problems.add(origin_of(last).place, fmt::format("the shares of needs.{}.purposes add up to {:.6g}", need, sum))
            .expected("shares that add up to 1");
    }
    double weighted = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        shares[i] *= purposes[i].weight;
        weighted += shares[i];
    }
    if (weighted <= 0) {
        problems
            .add(scenario.origin(fmt::format("needs.{}.purposes.{}.share", need, named.front())).place,
                 fmt::format("every purpose of needs.{} has weight 0", need))
            .expected("a purpose with a weight above 0");
        return Shares{};
    }
    for (double& share : shares) share /= weighted;
    return Shares{shares};
}

}  // namespace

Kinds read_kinds(const Scenario& scenario, Problems& problems) {
    Kinds all_kinds;
    all_kinds.purposes = read_purposes(scenario, problems);
    std::map<int, std::string> streams;
    for (const std::string& name : scenario.names_in("needs.*")) {
        NeedKind kind = compile(scenario, name);
        kind.purposes = read_purposes_of(scenario, name, all_kinds.purposes, problems);
        const Place place = scenario.origin(fmt::format("needs.{}.stream", name)).place;
        const auto [first, fresh] = streams.emplace(kind.parameters.stream, name);
        if (kind.parameters.stream < 0) {
            problems.add(place, fmt::format("needs.{}.stream is not set", name))
                .expected("a number from 0 to 63 that no other kind of need has");
        } else if (!fresh) {
            problems
                .add(place, fmt::format("needs.{}.stream is {}, which needs.{} has", name, kind.parameters.stream,
                                        first->second))
                .expected("a number of its own");
        }
        const NeedParameters& p = kind.parameters;
        if (p.follow_up_to < p.follow_up_from) {
            problems
                .add(scenario.origin(fmt::format("needs.{}.follow_up_to_days", name)).place,
                     fmt::format("needs.{} has a latest day before its earliest", name))
                .expected("follow_up_from_days <= follow_up_to_days");
        }
        if (p.telephone_share + p.video_or_online_share + p.home_visit_share + p.group_share > 1) {
            problems
                .add(scenario.origin(fmt::format("needs.{}.telephone_share", name)).place,
                     fmt::format("needs.{}: the shares of telephone, video or online, home visit and group add "
                                 "up to more than 1",
                                 name))
                .expected("1 at most; what is left is face to face");
        }
        bool any = false;
        for (const RoleFit& fit : kind.roles) any = any || fit.suits;
        if (!any && p.onset.value() > 0) {
            problems.add(place, fmt::format("needs.{} can be met by no role", name))
                .expected("at least one needs.NAME.roles.ROLE.resolution above 0");
        }
        all_kinds.kinds.push_back(std::move(kind));
    }
    return all_kinds;
}

Mode mode_of_contact(const NeedKind& kind, Residence residence, std::uint32_t word) noexcept {
    if (kind.telephone.happens(word)) return Mode::telephone;
    if (kind.telephone_or_online.happens(word)) return Mode::video_or_online;
    if (residence == Residence::housebound || residence == Residence::care_home) return Mode::home_visit;
    if (kind.up_to_home.happens(word)) return Mode::home_visit;
    return kind.up_to_group.happens(word) ? Mode::group : Mode::face_to_face;
}

std::int32_t day_between(Days from, Days to, std::uint32_t word) noexcept {
    const auto first = static_cast<std::int32_t>(from.value());
    const auto last = static_cast<std::int32_t>(to.value());
    return first + static_cast<std::int32_t>(below(static_cast<std::uint32_t>(last - first + 1), word));
}

}  // namespace segue
