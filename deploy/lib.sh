# Shared by deploy/run and tests/run: installs what is missing, builds a preset. Sourced, with $root set to the tree's root.

# A line for a person, on standard error, so that output can be piped.
say() { printf '%s\n' "sheave: $*" >&2; }
die() { say "$*"; exit 1; }

# install_missing [GROUP]: installs the packages of deploy/packages that this system lacks; with a group, its own too.
install_missing() {
  command -v dpkg-query >/dev/null || die "this system has no dpkg: Sheave is built on Debian 12"
  local wanted missing
  wanted=$(sed -e 's/#.*//' -e "s/^${1:-none}://" -e '/:/d' "$root/deploy/packages" | xargs)
  # npm of another source may come inside nodejs, so that the package itself is not there
  command -v npm >/dev/null && wanted=${wanted//npm/}
  missing=$(for p in $wanted; do
    dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null | grep -qx installed || echo "$p"
  done | xargs)
  [ -n "$missing" ] || return 0
  local as_root=
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || die "these packages are missing and need root or sudo to install: $missing"
    as_root=sudo
  fi
  say "installing $missing"
  local log; log=$(mktemp)
  # shellcheck disable=SC2086
  { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } \
    >"$log" 2>&1 || { tail -20 "$log" >&2; die "apt-get could not install them: see above"; }
  rm -f "$log"
}

# build PRESET TARGET...: configures and builds into build/PRESET.
build() {
  local preset=$1; shift
  local launcher=()
  command -v ccache >/dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache -DCMAKE_C_COMPILER_LAUNCHER=ccache)
  export CCACHE_SLOPPINESS=${CCACHE_SLOPPINESS:-pch_defines,time_macros,include_file_mtime,include_file_ctime}
  local log; log=$(mktemp)
  (cd "$root" && if [ -e "build/$preset/CMakeCache.txt" ]; then cmake --preset "$preset"; else cmake --preset "$preset" "${launcher[@]}"; fi) \
    >"$log" 2>&1 || { tail -30 "$log" >&2; die "cmake could not configure: see above"; }
  rm -f "$log"
  (cd "$root" && cmake --build --preset "$preset" --parallel "$(nproc)" --target "$@") >&2
}
