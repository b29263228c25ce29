# Shared by the scripts of tools/: sourced, never run. Sets ONEUP_ROOT.
#
# Environment:
#   ONEUP_NO_INSTALL=1  install nothing: say what is missing and go on
#   ONEUP_JOBS=N        compile N files at a time (default: processors, a GiB each)

ONEUP_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# The same code in another folder is found in the compiler cache again.
export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$ONEUP_ROOT}
export CCACHE_NOHASHDIR=${CCACHE_NOHASHDIR:-1}

# Messages go to stderr: stdout belongs to the program's data.
say() { printf 'oneup: %s\n' "$*" >&2; }

die() {
  printf 'oneup: error: %s\n' "$1" >&2
  shift
  for line in "$@"; do printf '       %s\n' "$line" >&2; done
  exit 1
}

# packages SECTION...: the names of packages.txt in these sections.
packages() {
  local wanted=" $* " section="" line
  while read -r line; do
    line=${line%%#*}
    line=${line//[[:space:]]/}
    case $line in
      "") ;;
      \[*\]) section=${line:1:-1} ;;
      *) [[ $wanted == *" $section "* ]] && printf '%s\n' "$line" ;;
    esac
  done < "$ONEUP_ROOT/tools/packages.txt"
  return 0
}

# missing_packages SECTION...: those that dpkg does not know as installed.
missing_packages() {
  local names=() installed name
  mapfile -t names < <(packages "$@")
  # dpkg-query fails when it does not know one of them; it lists the others all the same.
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${names[@]}" 2>/dev/null) || true
  installed=$'\n'$installed$'\n'
  for name in "${names[@]}"; do
    # A node from elsewhere serves as well as Debian's.
    if [[ $name == nodejs ]] && command -v node >/dev/null; then continue; fi
    if [[ $name == npm ]] && command -v npm >/dev/null; then continue; fi
    [[ $installed == *$'\n'"installed $name"$'\n'* ]] || printf '%s\n' "$name"
  done
}

# install_packages SECTION...: installs what is missing, with apt, as root or by sudo.
install_packages() {
  local missing=() as_root=() log
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    [[ ${ONEUP_NO_INSTALL:-} == 1 ]] && return 0
    die "this is not Debian, and the scripts install Debian 12 packages" \
      "Install what tools/packages.txt lists by your system's means, then call again" \
      "with ONEUP_NO_INSTALL=1."
  fi
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  if [[ ${ONEUP_NO_INSTALL:-} == 1 ]]; then
    say "not installed, as ONEUP_NO_INSTALL=1 asks: ${missing[*]}"
    return 0
  fi
  if ((EUID != 0)); then
    command -v sudo >/dev/null ||
      die "these Debian packages are missing, and only root may install them: ${missing[*]}" \
        "Call this script as root or install sudo, or as root: apt-get install ${missing[*]}"
    as_root=(sudo)
    # Without a terminal nobody can type a password: fail, never wait.
    [[ -t 0 ]] || as_root=(sudo -n)
    "${as_root[@]}" true ||
      die "sudo refused; these Debian packages are missing: ${missing[*]}" \
        "As root: apt-get install ${missing[*]}"
  fi
  say "installing ${#missing[@]} Debian packages (tools/packages.txt says why): ${missing[*]}"
  mkdir -p "$ONEUP_ROOT/build"
  log=$ONEUP_ROOT/build/apt.log
  # Old package lists may name files that the mirror has no more.
  "${as_root[@]}" apt-get -q -o DPkg::Lock::Timeout=300 update >"$log" 2>&1 ||
    say "apt-get update failed (no network?): trying with the lists at hand"
  if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
    -o DPkg::Lock::Timeout=300 install --no-install-recommends --no-remove \
    "${missing[@]}" >>"$log" 2>&1; then
    grep -E '^(E|W|Err)[:0-9]|unmet|Depends|conflict' "$log" | tail -n 12 >&2 || true
    local system
    system=$(. /etc/os-release 2>/dev/null && printf '%s' "${PRETTY_NAME:-an unknown system}")
    if grep -q 'Packages need to be removed' "$log"; then
      die "apt would have to remove packages, which this script leaves to you" \
        "(libboost1.81-dev and Debian's default libboost1.74-dev exclude each other)." \
        "By hand: apt-get install ${missing[*]}"
    fi
    die "apt-get could not install: ${missing[*]}" \
      "This system is $system; Debian 12 is the one these names are of." \
      "Is the network up, and are Debian's package sources set? All of apt's words: $log"
  fi
}

# install_web: npm packages by the lock file, only when it has changed.
install_web() {
  local web=$ONEUP_ROOT/tools/web stamp wanted
  [[ -f $web/package-lock.json ]] || return 0
  stamp=$web/node_modules/.oneup-lock
  wanted=$(sha256sum "$web/package.json" "$web/package-lock.json" | cut -d' ' -f1)
  if [[ -f $stamp && $(<"$stamp") == "$wanted" ]]; then return 0; fi
  command -v npm >/dev/null || die "npm is missing: install Debian's packages nodejs and npm"
  say "fetching the npm packages of tools/web/package-lock.json"
  mkdir -p "$ONEUP_ROOT/build"
  # No package's install script runs: none is needed.
  if ! (cd "$web" && npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier) \
    >"$ONEUP_ROOT/build/npm.log" 2>&1; then
    tail -n 15 "$ONEUP_ROOT/build/npm.log" >&2
    die "npm ci failed in tools/web (no network?): all of its words are in build/npm.log"
  fi
  printf '%s' "$wanted" >"$stamp"
}

# jobs: how many files to compile at a time.
jobs_at_once() {
  local processors memory
  if [[ -n ${ONEUP_JOBS:-} ]]; then
    printf '%s' "$ONEUP_JOBS"
    return
  fi
  processors=$(nproc)
  memory=$(awk '/^MemAvailable:/ {print int($2 / 1048576)}' /proc/meminfo 2>/dev/null)
  if [[ -n $memory ]] && ((memory < processors)); then processors=$memory; fi
  ((processors >= 1)) || processors=1
  printf '%s' "$processors"
}

# build_folder PRESET: where a preset builds.
build_folder() {
  if [[ $1 == release ]]; then printf '%s/build' "$ONEUP_ROOT"; else printf '%s/build-%s' "$ONEUP_ROOT" "$1"; fi
}

# build_preset PRESET TARGET...: configures if needed, builds the targets. On a
# terminal Ninja shows its progress; in a log it is heard only when it fails.
build_preset() {
  local preset=$1 folder
  shift
  folder=$(build_folder "$preset")
  mkdir -p "$folder"
  # Ninja calls CMake by itself when a rule changes; buf's test depends on npm's files.
  if [[ ! -f $folder/build.ninja || $ONEUP_ROOT/tools/web/node_modules/.oneup-lock -nt $folder/build.ninja ]]; then
    if ! (cd "$ONEUP_ROOT" && cmake --preset "$preset") >"$folder/configure.log" 2>&1; then
      tail -n 25 "$folder/configure.log" >&2
      die "cmake --preset $preset failed; all of it: $folder/configure.log"
    fi
    say "compiling with the preset $preset: minutes the first time, seconds after that"
  fi
  if [[ -t 2 ]]; then
    ninja -C "$folder" -j "$(jobs_at_once)" "$@" >&2
  else
    ninja -C "$folder" -j "$(jobs_at_once)" --quiet "$@" | sed '/^ninja: no work to do\.$/d' >&2
  fi || die "the build failed (preset $preset, target $*)"
}
