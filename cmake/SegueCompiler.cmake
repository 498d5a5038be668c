# One place for the language, the warnings and the floating-point rules that every target shares.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)

add_library(segue_options INTERFACE)
target_include_directories(segue_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(segue_options INTERFACE
  # GCC 12 sees overlapping copies where std::string is made from parts (its bug 105651).
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Werror
  # The same scenario and seed give the same bits on any x86-64: nothing may be contracted or reordered.
  -ffp-contract=off -march=x86-64-v2)
if(SEGUE_SANITIZE)
  list(JOIN SEGUE_SANITIZE "," segue_sanitizers)
  target_compile_options(segue_options INTERFACE -fsanitize=${segue_sanitizers} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(segue_options INTERFACE -fsanitize=${segue_sanitizers})
endif()

find_program(SEGUE_CCACHE ccache)
if(SEGUE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${SEGUE_CCACHE})
endif()
