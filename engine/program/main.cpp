#include "engine/program/program.hpp"

int main(int count, char** words) { return segue::program::answer({words, words + count}); }
