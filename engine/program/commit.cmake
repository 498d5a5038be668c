# Writes OUTPUT, the source of commit.hpp for the commit that SOURCE is at; untouched when it says so already.
execute_process(COMMAND git -C ${SOURCE} rev-parse --short=12 HEAD
  OUTPUT_VARIABLE commit ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  set(commit unknown)
endif()
file(WRITE ${OUTPUT}.new "#include \"engine/program/commit.hpp\"\n\n"
  "std::string_view segue::program::commit() noexcept { return \"${commit}\"; }\n")
file(COPY_FILE ${OUTPUT}.new ${OUTPUT} ONLY_IF_DIFFERENT)
