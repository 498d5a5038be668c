/// \file
/// Our own mistakes. SEGUE_EXPECT states what a caller owes, SEGUE_ENSURE what a function promises; both are on in
/// every build but release.
#pragma once
#include <stdexcept>
#include <string>

namespace segue {

/// A broken promise inside Segue: never the reader's fault.
class ContractError : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

[[noreturn]] inline void contract_broken(const char* kind, const char* condition, const char* file, int line) {
    throw ContractError{std::string{file} + ":" + std::to_string(line) + ": " + kind + " broken: " + condition};
}

}  // namespace segue

#ifdef NDEBUG
#define SEGUE_EXPECT(condition) static_cast<void>(0)
#define SEGUE_ENSURE(condition) static_cast<void>(0)
#else
#define SEGUE_EXPECT(condition) \
    ((condition) ? static_cast<void>(0) : ::segue::contract_broken("expectation", #condition, __FILE__, __LINE__))
#define SEGUE_ENSURE(condition) \
    ((condition) ? static_cast<void>(0) : ::segue::contract_broken("promise", #condition, __FILE__, __LINE__))
#endif
