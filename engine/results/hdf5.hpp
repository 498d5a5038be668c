/// \file
/// HDF5's C interface behind owners that close what they opened and errors that say what the library said.
///
///   Holds  one thread at a time: whoever calls HDF5 holds a Hdf5Session (the serial library is not thread safe)
///          no plugin is ever loaded, and the library prints nothing
#pragma once
#include <hdf5.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace segue {

/// HDF5 refused; `what()` is its innermost message.
class Hdf5Failure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The right to call HDF5. May be taken again by the thread that has it, and in a child that this thread forks.
class Hdf5Session {
public:
    Hdf5Session();
    Hdf5Session(const Hdf5Session&) = delete;
    Hdf5Session& operator=(const Hdf5Session&) = delete;
    ~Hdf5Session();
};

/// An HDF5 identifier that is closed when it goes.
class Hdf5Handle {
public:
    using Closer = herr_t (*)(hid_t);
    /// Takes what a call returned; throws a Hdf5Failure when that is not an identifier.
    Hdf5Handle(hid_t id, Closer closer, const char* doing);
    Hdf5Handle(Hdf5Handle&& other) noexcept : id_{std::exchange(other.id_, H5I_INVALID_HID)}, closer_{other.closer_} {}
    Hdf5Handle(const Hdf5Handle&) = delete;
    Hdf5Handle& operator=(const Hdf5Handle&) = delete;
    Hdf5Handle& operator=(Hdf5Handle&&) = delete;
    ~Hdf5Handle();

    /// Closes now, so that a failure to close is heard.
    void close(const char* doing);
    [[nodiscard]] hid_t id() const noexcept { return id_; }

private:
    hid_t id_;
    Closer closer_;
};

/// Throws a Hdf5Failure when a call returned a negative value; else passes the value on.
template <class Status>
Status checked(Status status, const char* doing);

/// HDF5's innermost message about the call that failed last, after `doing`. Throws std::bad_alloc where it is that HDF5 found
/// no memory.
[[nodiscard]] Hdf5Failure hdf5_failure(const char* doing);

template <class Status>
Status checked(Status status, const char* doing) {
    if (status < 0) throw hdf5_failure(doing);
    return status;
}

}  // namespace segue
