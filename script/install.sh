# Sourced by the scripts beside it: what a machine lacks, and how it gets it.
# Nothing here asks a question: it installs, or it says in one sentence what to install.

say() { printf '%s\n' "$*"; }

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command as the administrator of the machine, when we may without a password.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo -n "$@"
  fi
}

may_install() {
  have apt-get || return 1
  [ "$(id -u)" -eq 0 ] || { have sudo && sudo -n true 2>/dev/null; }
}

# install_packages WHAT PACKAGE…: installs Debian packages, or says which ones are missing.
install_packages() {
  what=$1
  shift
  if ! have apt-get; then
    fail "$what is missing, and this script installs packages on Debian and Ubuntu only." \
      "Install it with your system's package manager (on Debian: $*), then run this again."
  fi
  if ! may_install; then
    fail "$what is missing, and installing packages needs the administrator's rights." \
      "Run: sudo apt-get install $*   then run this again."
  fi
  say "Installing $what ($*)…"
  if [ -z "${package_lists_fresh:-}" ]; then
    as_root apt-get -qq update || say "The package lists could not be refreshed; going on."
    package_lists_fresh=yes
  fi
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -qq install -y --no-install-recommends "$@" >/dev/null ||
    fail "$what could not be installed; apt-get says why above. The packages are: $*"
}

# What every build needs: Rust from rustup, git, a C compiler (SQLite is built from its C source).
need_to_build() {
  if ! have cargo && [ -x "$HOME/.cargo/bin/cargo" ]; then
    PATH="$HOME/.cargo/bin:$PATH"
    export PATH
  fi
  have cargo || fail "Rust is missing. Install stable Rust with rustup, as its home page says," \
    "then run this again."
  have git || install_packages git git
  have cc || install_packages "a C compiler" gcc libc6-dev
}
