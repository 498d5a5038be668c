#include "engine/results/hdf5.hpp"

#include <mutex>
#include <new>

#include <fmt/format.h>

namespace segue {
namespace {

std::mutex only_user;
/// Sessions that this thread has open. A recursive mutex would know its owner by thread id, which a fork changes.
thread_local int sessions = 0;

/// Nothing but what was built in: a file may name a filter, and HDF5 would load code to please it.
void open_library() {
    static const bool opened = [] {
        H5open();
        H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
        H5PLset_loading_state(0);
        return true;
    }();
    static_cast<void>(opened);
}

struct Innermost {
    std::string text;
    bool no_memory{false};
};
herr_t keep_innermost(unsigned level, const H5E_error2_t* error, void* innermost) {
    auto& kept = *static_cast<Innermost*>(innermost);
    if (level == 0 && error->desc != nullptr) kept.text = error->desc;
    kept.no_memory = kept.no_memory || (error->maj_num == H5E_RESOURCE && error->min_num == H5E_NOSPACE);
    return 0;
}

}  // namespace

Hdf5Session::Hdf5Session() {
    if (sessions == 0) only_user.lock();
    ++sessions;
    open_library();
}

Hdf5Session::~Hdf5Session() {
    --sessions;
    if (sessions == 0) only_user.unlock();
}

Hdf5Failure hdf5_failure(const char* doing) {
    Innermost found;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_innermost, &found);
    H5Eclear2(H5E_DEFAULT);
    if (found.no_memory) throw std::bad_alloc{};
    return Hdf5Failure{found.text.empty() ? std::string{doing} : fmt::format("{}: {}", doing, found.text)};
}

Hdf5Handle::Hdf5Handle(hid_t id, Closer closer, const char* doing) : id_{id}, closer_{closer} {
    if (id < 0) throw hdf5_failure(doing);
}

Hdf5Handle::~Hdf5Handle() {
    if (id_ >= 0) closer_(id_);
}

void Hdf5Handle::close(const char* doing) { checked(closer_(std::exchange(id_, H5I_INVALID_HID)), doing); }

}  // namespace segue
