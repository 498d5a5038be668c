#include "engine/rng/batch.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace segue {
namespace {

constexpr std::uint32_t untouched = 0xDEADBEEF;

std::vector<std::uint64_t> some_entities(std::size_t count) {
    std::vector<std::uint64_t> entities(count);
    for (std::size_t i = 0; i < count; ++i) entities[i] = (i + 1) * 0x9E37'79B9'7F4A'7C15ULL;
    return entities;
}

/// The batch's words, with one word of its own behind each column that must stay as it is.
std::array<std::vector<std::uint32_t>, 4> drawn(Isa isa, Twin twin, const std::vector<std::uint64_t>& entities,
                                                std::uint32_t purpose_and_block, std::uint32_t when) {
    std::array<std::vector<std::uint32_t>, 4> columns;
    WordColumns out{};
    for (std::size_t w = 0; w < 4; ++w) {
        columns[w].assign(entities.size() + 1, untouched);
        out.words[w] = columns[w].data();
    }
    philox_batch(isa, twin, entities, purpose_and_block, when, out);
    return columns;
}

TEST(Batch, GivesEachEntityTheWordsThatOneDrawGivesOnEveryIsaAndOfEverySize) {
    constexpr Twin twin{20'260'401, 17};
    constexpr std::uint32_t what = purpose_and_block(Purpose::onset_count, 3);
    for (const Isa isa : all<Isa>()) {
        if (!is_available(isa)) continue;
        for (const std::size_t size :
             {0U, 1U, 2U, 3U, 7U, 8U, 15U, 16U, 17U, 63U, 64U, 65U, 127U, 128U, 129U, 1000U, 4099U}) {
            const auto entities = some_entities(size);
            const auto columns = drawn(isa, twin, entities, what, 225);
            for (std::size_t i = 0; i < size; ++i) {
                const Words words{columns[0][i], columns[1][i], columns[2][i], columns[3][i]};
                ASSERT_EQ(words, philox(twin, entities[i], what, 225)) << name_of(isa) << ' ' << size << ' ' << i;
            }
            for (const auto& column : columns) ASSERT_EQ(column.back(), untouched) << name_of(isa) << ' ' << size;
        }
    }
}

TEST(Batch, GivesThePublishedKnownAnswerOnEveryIsa) {
    const std::vector<std::uint64_t> entity{0x85a308d3'243f6a88ULL};
    for (const Isa isa : all<Isa>()) {
        if (!is_available(isa)) continue;
        const auto columns = drawn(isa, {0xa4093822, 0x299f31d0}, entity, 0x13198a2e, 0x03707344);
        EXPECT_EQ(columns[0][0], 0xd16cfe09U) << name_of(isa);
        EXPECT_EQ(columns[1][0], 0x94fdccebU) << name_of(isa);
        EXPECT_EQ(columns[2][0], 0x5001e420U) << name_of(isa);
        EXPECT_EQ(columns[3][0], 0x24126ea1U) << name_of(isa);
    }
}

}  // namespace
}  // namespace segue
