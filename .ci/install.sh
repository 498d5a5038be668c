# shellcheck shell=bash
# Sourced by quickstart and check: which packages of Debian 12 Segue is built from, and how the missing ones come.

# shellcheck disable=SC2034  # the two scripts that source this use the lists
program_packages=(g++ cmake ninja-build pkg-config
  libboost-dev libboost-iostreams-dev libcli11-dev libeigen3-dev libfmt-dev libhdf5-dev librandom123-dev libsleef-dev
  libspdlog-dev libssl-dev libtbb-dev libtomlplusplus-dev nlohmann-json3-dev)
# shellcheck disable=SC2034
test_packages=(netcdf-bin git libgtest-dev clang-format-14 python3 python3-venv)
# shellcheck disable=SC2034
lint_packages=(clang-tidy-14 shellcheck)
# shellcheck disable=SC2034
long_packages=(clang-14 libclang-rt-14-dev dpkg-dev gcovr)
# shellcheck disable=SC2034
bench_packages=(libbenchmark-dev)

fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# The packages among the arguments that are not installed, one a line.
missing_packages() {
  local installed package
  installed=$(dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p') || :
  for package in "$@"; do
    grep -qxF "$package" <<<"$installed" || printf '%s\n' "$package"
  done
}

# Installs what is missing among the arguments; asks nobody and reaches no network when nothing is.
install_packages() {
  local missing as_root=() log=build/install.log
  command -v dpkg-query >/dev/null || fail "this script installs with Debian 12's apt-get; elsewhere, run it in a Debian 12 container"
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  local command="apt-get install -y --no-install-recommends ${missing[*]}"
  if ((EUID != 0)); then
    if ! command -v sudo >/dev/null || { [[ ! -t 0 ]] && ! sudo -n true 2>/dev/null; }; then
      fail "may not install packages (not root, no sudo); an administrator can: $command"
    fi
    as_root=(sudo)
  fi
  printf 'installing %s\n' "${missing[*]}"
  mkdir -p build
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=2 -o Acquire::http::Timeout=30
    -o DPkg::Lock::Timeout=300)
  # A list that cannot be renewed may still be good enough: what decides is whether the install succeeds.
  "${apt[@]}" update >"$log" 2>&1 || :
  if ! "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >>"$log" 2>&1; then
    if grep -qE 'Failed to fetch|Could not resolve|Unable to locate package|Could not connect|has no installation candidate' "$log"; then
      fail "cannot reach Debian's mirrors for ${missing[*]}; with a network, or from a mirror of your own: $command (log: $log)"
    fi
    fail "apt-get failed: $(grep -E '^E:' "$log" | head -n 1) (log: $log)"
  fi
}
