#include "engine/population/households.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <span>
#include <vector>

#include <boost/sort/pdqsort/pdqsort.hpp>

#include "engine/population/birth_dates.hpp"
#include "engine/rng/batch.hpp"

namespace segue {
namespace {

constexpr int adult_age = 18;
constexpr int leaves_parents_age = 30;
constexpr int couple_gap_days = 8 * 365;  // couples differ by less; men are two years older on average
constexpr int couple_lead_days = 2 * 365;
constexpr int youngest_mother = 16;
constexpr int oldest_mother = 45;

constexpr std::size_t practices = 256;
constexpr std::size_t group_count = practices * deprivation_quintiles;

/// Somebody to be housed, as far as matching needs to know.
struct Member {
    std::uint64_t key;
    std::uint32_t row;
    std::int32_t birth_day;
    int age;
    Sex sex;
};

/// By birth, then key, without a jump that the processor would have to foresee.
struct Elder {
    bool operator()(const Member& a, const Member& b) const noexcept {
        const bool same_day = a.birth_day == b.birth_day;
        return (a.birth_day < b.birth_day) | (same_day & (a.key < b.key));
    }
};

/// Everybody to be housed; those of one practice and fifth stand together, the eldest first.
struct Groups {
    std::vector<Member> members;
    std::array<std::uint32_t, group_count + 1> begin{};

    [[nodiscard]] std::span<Member> group(std::size_t n) {
        return {members.data() + begin[n], members.data() + begin[n + 1]};
    }
};

std::size_t group_of(const People& people, std::uint32_t row) noexcept {
    return people.practice[row] * std::size_t{deprivation_quintiles} +
           static_cast<std::size_t>(quintile_of(people.cell[row]) - 1);
}

bool is_to_be_housed(const People& people, std::uint32_t row) noexcept {
    return people.present[row] != 0 && people.household[row] == no_household &&
           people.residence(PersonRow{row}) != Residence::care_home;
}

Groups groups_of(const People& people, Day today) {
    Groups made;
    for (std::uint32_t row = 0; row < people.rows(); ++row) {
        if (is_to_be_housed(people, row)) ++made.begin[group_of(people, row) + 1];
    }
    std::partial_sum(made.begin.begin(), made.begin.end(), made.begin.begin());
    made.members.resize(made.begin.back());
    auto next = made.begin;
    const BirthDates ages{today};
    for (std::uint32_t row = 0; row < people.rows(); ++row) {
        if (!is_to_be_housed(people, row)) continue;
        const std::int32_t birth = people.birth_day[row];
        made.members[next[group_of(people, row)]++] = {people.key[row], row, birth, ages.age(Day{birth}),
                                                       sex_of(people.cell[row])};
    }
    for (std::size_t n = 0; n < group_count; ++n) {
        const auto group = made.group(n);
        boost::sort::pdqsort_branchless(group.begin(), group.end(), Elder{});
    }
    return made;
}

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

/// The households of one group after another. A person is a place in the group: the lower, the elder.
class Matcher {
public:
    Matcher(People& people, Twin twin, Isa isa, const PopulationLaws& laws, std::uint32_t first)
        : people_{people},
          twin_{twin},
          isa_{isa},
          laws_{laws},
          mother_age_{laws.births_per_woman_year()},
          next_{first} {}

    /// People of one practice and fifth, the eldest first.
    void match(std::span<const Member> group) {
        group_ = group;
        women_.clear();
        men_.clear();
        left_.clear();
        young_.clear();
        homes_.clear();
        for (auto& year : mothers_) year.clear();
        turn_.fill(0);
        draw_words();
        sort_out();
        pair_couples();
        settle_young();
        share_homes();
    }
    [[nodiscard]] std::uint32_t next() const noexcept { return next_; }

private:
    using Place = std::uint32_t;
    struct Home {
        Place woman;
        std::uint32_t household;
    };
    void settle(Place one, std::uint32_t household) { people_.household[group_[one].row] = household; }

    void draw_words() {
        keys_.clear();
        for (const Member& one : group_) keys_.push_back(one.key);
        for (auto& column : words_) column.resize(keys_.size());
        philox_batch(isa_, twin_, keys_, purpose_and_block(Purpose::household, 0), 0,
                     {{words_[0].data(), words_[1].data(), words_[2].data(), words_[3].data()}});
    }
    [[nodiscard]] bool is_in_couple(Place place) const {
        const Member& one = group_[place];
        const CircumstanceCell cell{one.age, one.sex, quintile_of(people_.cell[one.row]),
                                    people_.frailty(PersonRow{one.row})};
        return one.age >= adult_age &&
               uniform(words_[0][place]) < laws_.circumstances.share(Circumstance::in_couple, cell);
    }
    void sort_out() {
        for (Place place = 0; place < group_.size(); ++place) {
            const Member& one = group_[place];
            if (people_.has(PersonRow{one.row}, Trait::lives_alone)) {
                settle(place, next_++);
            } else if (is_in_couple(place)) {
                (one.sex == Sex::female ? women_ : men_).push_back(place);
            } else {
                (one.age < leaves_parents_age ? young_ : left_).push_back(place);
            }
        }
    }
    /// A woman with whom the young may live. Without a partner she has a home of her own only once somebody joins her.
    void house_mother(Place woman, std::uint32_t household) {
        mothers_[age_index(group_[woman].age)].push_back(homes_.size());
        homes_.push_back({woman, household});
    }

    /// Both lists run from the eldest; the two at their heads live together when their ages are near, else the elder
    /// stays without a partner.
    void pair_couples() {
        std::size_t w = 0;
        std::size_t m = 0;
        while (w < women_.size() && m < men_.size()) {
            const std::int32_t gap = group_[women_[w]].birth_day - group_[men_[m]].birth_day - couple_lead_days;
            if (gap < -couple_gap_days) {
                left_.push_back(women_[w++]);
            } else if (gap > couple_gap_days) {
                left_.push_back(men_[m++]);
            } else {
                house_mother(women_[w], next_);
                settle(women_[w++], next_);
                settle(men_[m++], next_++);
            }
        }
        left_.insert(left_.end(), women_.begin() + static_cast<std::ptrdiff_t>(w), women_.end());
        left_.insert(left_.end(), men_.begin() + static_cast<std::ptrdiff_t>(m), men_.end());
        const auto lone = std::stable_partition(left_.begin(), left_.end(), [&](Place one) { return !heads(one); });
        for (auto woman = lone; woman != left_.end(); ++woman) house_mother(*woman, no_household);
        left_.erase(lone, left_.end());
    }
    /// Half of the women without a partner may head a family: assumption, certainty C.
    [[nodiscard]] bool heads(Place one) const {
        return group_[one].sex == Sex::female && group_[one].age >= adult_age && uniform(words_[2][one]) < 0.5;
    }

    void settle_young() {
        for (const Place one : young_) {
            const int age = group_[one].age;
            Home* home = home_near(age + mother_age_.draw(words_[1][one]), age);
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
        boost::sort::pdqsort_branchless(left_.begin(), left_.end());
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
    Isa isa_;
    const PopulationLaws& laws_;
    MotherAge mother_age_;
    std::uint32_t next_;
    std::span<const Member> group_;
    std::vector<std::uint64_t> keys_;
    std::array<std::vector<std::uint32_t>, 4> words_;  ///< by place
    std::vector<Place> women_;
    std::vector<Place> men_;
    std::vector<Place> left_;
    std::vector<Place> young_;
    std::vector<Home> homes_;
    ByAge<std::vector<std::size_t>> mothers_{};  ///< homes by the age of the woman
    ByAge<std::size_t> turn_{};
};

}  // namespace

std::uint32_t match_households(People& people, Twin twin, const PopulationLaws& laws, Day today, std::uint32_t first,
                               Isa isa) {
    Groups groups = groups_of(people, today);
    Matcher matcher{people, twin, isa, laws, first};
    for (std::size_t n = 0; n < group_count; ++n) {
        if (const auto group = groups.group(n); !group.empty()) matcher.match(group);
    }
    return matcher.next();
}

}  // namespace segue
