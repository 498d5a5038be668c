/// \file
/// Every model of uptake, one file each. A tenth is a file like theirs, a line here and one in models.cpp, and a test.
#pragma once
#include "engine/model/prescribing/uptake/uptake_model.hpp"

namespace segue::prescribing {

extern const ModelEntry fixed_shares;  // M0
extern const ModelEntry equity;        // M1
extern const ModelEntry capacity;      // M2
extern const ModelEntry referrers;     // M3
extern const ModelEntry threshold;     // M4
extern const ModelEntry diffusion;     // M5
extern const ModelEntry motivation;    // M6
extern const ModelEntry choice;        // M7
extern const ModelEntry knowledge;     // M8

}  // namespace segue::prescribing
