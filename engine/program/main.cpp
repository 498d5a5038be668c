#include <csignal>

#include "engine/program/program.hpp"

int main(int count, char** words) {
    // A file that meets a limit of the shell's fails to be written, as on a full disk, instead of killing the program.
    std::signal(SIGXFSZ, SIG_IGN);
    return segue::program::answer({words, words + count});
}
