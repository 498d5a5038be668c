#include "engine/population/households.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <vector>

namespace segue {
namespace {

constexpr int adult_age = 18;
constexpr int leaves_parents_age = 30;
constexpr int couple_gap_days = 8 * 365;  // couples differ by less; men are two years older on average
constexpr int couple_lead_days = 2 * 365;
constexpr int youngest_mother = 16;
constexpr int oldest_mother = 45;

/// Somebody to be housed, as far as matching needs to know.
struct Member {
    std::uint32_t row;
    std::int32_t birth_day;
    std::uint64_t key;
    int age;
    Sex sex;
};

/// Mothers' ages at birth by fertility, cumulated.
class MotherAge {
public:
    explicit MotherAge(const ByAge<double>& births) {
        double total = 0;
        for (int age = youngest_mother; age <= oldest_mother; ++age) total += births[age_index(age)];
        double sum = 0;
        for (int age = youngest_mother; age <= oldest_mother; ++age) {
            sum += total > 0 ? births[age_index(age)] / total : 1.0 / (oldest_mother - youngest_mother + 1);
            upto_[static_cast<std::size_t>(age - youngest_mother)] = sum;
        }
    }
    [[nodiscard]] int draw(std::uint32_t word) const noexcept {
        int age = youngest_mother;
        while (age < oldest_mother && uniform(word) >= upto_[static_cast<std::size_t>(age - youngest_mother)]) ++age;
        return age;
    }

private:
    std::array<double, oldest_mother - youngest_mother + 1> upto_{};
};

class Matcher {
public:
    Matcher(People& people, Twin twin, const PopulationLaws& laws, std::uint32_t first)
        : people_{people}, twin_{twin}, laws_{laws}, mother_age_{laws.births_per_woman_year()}, next_{first} {}

    /// People of one practice and fifth, sorted by birth and key, eldest first.
    void match(std::span<const Member> group) {
        women_.clear();
        men_.clear();
        left_.clear();
        young_.clear();
        homes_.clear();
        for (auto& year : mothers_) year.clear();
        turn_.fill(0);
        sort_out(group);
        pair_couples();
        settle_young();
        share_homes();
    }
    [[nodiscard]] std::uint32_t next() const noexcept { return next_; }

private:
    struct Home {
        Member woman;
        std::uint32_t household;
    };
    Words words(const Member& one) const { return Draws{twin_, PersonKey{one.key}, Purpose::household, 0}.words(); }
    void settle(const Member& one, std::uint32_t household) { people_.household[one.row] = household; }

    void sort_out(std::span<const Member> group) {
        for (const Member& one : group) {
            const PersonRow row{one.row};
            const CircumstanceCell cell{one.age, one.sex, quintile_of(people_.cell[one.row]), people_.frailty(row)};
            if (people_.has(row, Trait::lives_alone)) {
                settle(one, next_++);
            } else if (one.age >= adult_age &&
                       uniform(words(one)[0]) < laws_.circumstances.share(Circumstance::in_couple, cell)) {
                (one.sex == Sex::female ? women_ : men_).push_back(one);
            } else {
                (one.age < leaves_parents_age ? young_ : left_).push_back(one);
            }
        }
    }
    /// A woman with whom the young may live. Without a partner she has a home of her own only once somebody joins her.
    void house_mother(const Member& woman, std::uint32_t household) {
        mothers_[age_index(woman.age)].push_back(homes_.size());
        homes_.push_back({woman, household});
    }

    /// Both lists run from the eldest; the two at their heads live together when their ages are near, else the elder
    /// stays without a partner.
    void pair_couples() {
        std::size_t w = 0;
        std::size_t m = 0;
        while (w < women_.size() && m < men_.size()) {
            const std::int32_t gap = women_[w].birth_day - men_[m].birth_day - couple_lead_days;
            if (gap < -couple_gap_days) {
                left_.push_back(women_[w++]);
            } else if (gap > couple_gap_days) {
                left_.push_back(men_[m++]);
            } else {
                settle(women_[w], next_);
                settle(men_[m], next_++);
                house_mother(women_[w], people_.household[women_[w].row]);
                ++w;
                ++m;
            }
        }
        left_.insert(left_.end(), women_.begin() + static_cast<std::ptrdiff_t>(w), women_.end());
        left_.insert(left_.end(), men_.begin() + static_cast<std::ptrdiff_t>(m), men_.end());
        const auto lone =
            std::stable_partition(left_.begin(), left_.end(), [&](const Member& one) { return !heads(one); });
        for (auto woman = lone; woman != left_.end(); ++woman) house_mother(*woman, no_household);
        left_.erase(lone, left_.end());
    }
    /// Half of the women without a partner may head a family: assumption, certainty C.
    bool heads(const Member& one) const {
        return one.sex == Sex::female && one.age >= adult_age && uniform(words(one)[2]) < 0.5;
    }

    void settle_young() {
        for (const Member& one : young_) {
            const int wanted = one.age + mother_age_.draw(words(one)[1]);
            Home* home = home_near(wanted, one.age);
            if (home == nullptr) {
                left_.push_back(one);
                continue;
            }
            if (home->household == no_household) {
                home->household = next_++;
                settle(home->woman, home->household);
            }
            settle(one, home->household);
        }
        for (const Home& home : homes_) {
            if (home.household == no_household) left_.push_back(home.woman);
        }
    }
    /// The home of a woman of that age, or as near as there is one old enough and not too old; in turn.
    Home* home_near(int age, int child_age) {
        const int least = std::min(child_age + youngest_mother, oldest_age);
        const int most = std::min(child_age + oldest_mother + 5, oldest_age);
        for (int away = 0; away <= most - least; ++away) {
            for (const int tried : {age - away, age + away}) {
                if (tried < least || tried > most || mothers_[age_index(tried)].empty()) continue;
                const auto& year = mothers_[age_index(tried)];
                std::size_t& turn = turn_[age_index(tried)];
                return &homes_[year[turn++ % year.size()]];
            }
        }
        return nullptr;
    }
    /// Whoever is left shares a home with the next in age; a last one joins the household made before.
    void share_homes() {
        std::sort(left_.begin(), left_.end(), [](const Member& a, const Member& b) {
            return std::tie(a.birth_day, a.key) < std::tie(b.birth_day, b.key);
        });
        for (std::size_t i = 0; i + 1 < left_.size(); i += 2) {
            settle(left_[i], next_);
            settle(left_[i + 1], next_++);
        }
        if (left_.size() % 2 == 0) return;
        const bool has_company = left_.size() > 1 || (!homes_.empty() && homes_.front().household != no_household);
        const auto with = left_.size() > 1 ? next_ - 1 : has_company ? homes_.front().household : next_++;
        settle(left_.back(), with);
    }

    People& people_;
    Twin twin_;
    const PopulationLaws& laws_;
    MotherAge mother_age_;
    std::uint32_t next_;
    std::vector<Member> women_;
    std::vector<Member> men_;
    std::vector<Member> left_;
    std::vector<Member> young_;
    std::vector<Home> homes_;
    ByAge<std::vector<std::size_t>> mothers_{};  ///< homes by the age of the woman
    ByAge<std::size_t> turn_{};
};

}  // namespace

std::uint32_t match_households(People& people, Twin twin, const PopulationLaws& laws, Day today, std::uint32_t first) {
    constexpr std::size_t practices = 256;
    std::array<std::vector<Member>, practices * deprivation_quintiles> groups;
    for (std::uint32_t row = 0; row < people.rows(); ++row) {
        if (people.present[row] == 0 || people.household[row] != no_household) continue;
        if (people.residence(PersonRow{row}) == Residence::care_home) continue;
        const auto fifth = static_cast<std::size_t>(quintile_of(people.cell[row]) - 1);
        const Sex sex = sex_of(people.cell[row]);
        groups[people.practice[row] * std::size_t{deprivation_quintiles} + fifth].push_back(
            {row, people.birth_day[row], people.key[row], age_years(Day{people.birth_day[row]}, today), sex});
    }
    Matcher matcher{people, twin, laws, first};
    for (auto& group : groups) {
        std::sort(group.begin(), group.end(), [](const Member& a, const Member& b) {
            return std::tie(a.birth_day, a.key) < std::tie(b.birth_day, b.key);
        });
        if (!group.empty()) matcher.match(group);
    }
    return matcher.next();
}

}  // namespace segue
