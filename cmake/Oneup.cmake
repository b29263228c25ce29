# Build rules shared by every folder: one library a folder, one test binary a
# folder of tests, the same flags everywhere.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
# Every library can be linked into a shared object of another program.
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(ONEUP_CCACHE ccache)
if(ONEUP_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${ONEUP_CCACHE})
endif()

add_library(oneup_flags INTERFACE)
target_include_directories(oneup_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(oneup_flags INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror>
  # GCC 12 sees an overlap in "literal" + std::string that is not there (its bug 105651).
  $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-restrict>
  # Fused multiply-adds differ between processors and compilers: a trace must not.
  $<$<COMPILE_LANGUAGE:CXX>:-ffp-contract=off>)
if(ONEUP_SANITIZE)
  target_compile_options(oneup_flags INTERFACE -fsanitize=${ONEUP_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(oneup_flags INTERFACE -fsanitize=${ONEUP_SANITIZE})
  if(ONEUP_SANITIZE MATCHES "thread")
    # GCC's thread sanitizer knows no fences; Asio's queues hold a mutex anyway.
    target_compile_definitions(oneup_flags INTERFACE BOOST_ASIO_DISABLE_FENCED_BLOCK)
  endif()
  if(ONEUP_SANITIZE MATCHES "undefined")
    target_compile_options(oneup_flags INTERFACE -fno-sanitize-recover=all)
  endif()
endif()
if(ONEUP_FUZZ)
  # Coverage for every library; only the harnesses link the fuzzer's main.
  target_compile_options(oneup_flags INTERFACE -fsanitize=fuzzer-no-link)
  target_link_options(oneup_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# oneup_library(<name> SOURCES a.cc ... DEPS target ...)
# The library of the calling folder. DEPS are public.
function(oneup_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  set_property(GLOBAL APPEND PROPERTY ONEUP_LIBRARIES ${name})
  if(ARG_SOURCES)
    add_library(${name} STATIC ${ARG_SOURCES})
    target_link_libraries(${name} PUBLIC oneup_flags ${ARG_DEPS})
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE oneup_flags ${ARG_DEPS})
  endif()
endfunction()

# Targets that build every test binary, those of one label (tests_<label>), and
# every fuzz harness.
add_custom_target(tests)
add_custom_target(fuzzers)

# oneup_test(<name> SOURCES a_test.cc ... DEPS target ... [LABELS label ...])
# Labels: slow (over some seconds), threads (run under the thread sanitizer too).
function(oneup_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE oneup_flags ${ARG_DEPS} GTest::gmock GTest::gtest_main)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "unit;${ARG_LABELS}" TIMEOUT 600)
  add_dependencies(tests ${name})
  foreach(label ${ARG_LABELS})
    if(NOT TARGET tests_${label})
      add_custom_target(tests_${label})
    endif()
    add_dependencies(tests_${label} ${name})
  endforeach()
endfunction()

# oneup_benchmark(<name> SOURCES a_bench.cc ... DEPS target ...)
function(oneup_benchmark name)
  if(NOT ONEUP_BENCHMARKS)
    return()
  endif()
  find_package(benchmark REQUIRED)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE oneup_flags ${ARG_DEPS} benchmark::benchmark benchmark::benchmark_main)
endfunction()

# oneup_fuzzer(<name>_fuzz SOURCES a_fuzz.cc DEPS target ...)
# Its seeds, if any, lie in tests/fuzz/corpus/<name>/; tools/test runs it.
function(oneup_fuzzer name)
  if(NOT ONEUP_FUZZ)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE oneup_flags ${ARG_DEPS})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  add_dependencies(fuzzers ${name})
endfunction()
