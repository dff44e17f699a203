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

# What is missing so far, in words and as Debian packages: all of it is installed or named at once.
lacking=""
packages=""

# lacks WHAT PACKAGE…: remembers what is missing, until install_what_lacks.
lacks() {
  lacking="${lacking:+$lacking, }$1"
  shift
  packages="${packages:+$packages }$*"
}

# Installs what is missing, or says what it is and how to get it.
install_what_lacks() {
  [ -n "$lacking" ] || return 0
  if ! have apt-get; then
    fail "This machine lacks $lacking, and this script installs packages on Debian and Ubuntu" \
      "only. Install them with your system's package manager (on Debian: $packages), then run" \
      "this again."
  fi
  if ! may_install; then
    fail "This machine lacks $lacking, and installing packages needs the administrator's rights." \
      "Run: sudo apt-get install $packages   then run this again."
  fi
  say "Installing $lacking ($packages)…"
  as_root apt-get -qq update || say "The package lists could not be refreshed; going on."
  # Names without quotes: each is an argument of its own.
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -qq install -y --no-install-recommends $packages >/dev/null ||
    fail "They could not be installed; apt-get says why above. The packages are: $packages"
  lacking=""
  packages=""
}

# What every build needs: Rust from rustup, git, a C compiler (SQLite is built from its C source).
need_to_build() {
  if ! have cargo && [ -x "$HOME/.cargo/bin/cargo" ]; then
    PATH="$HOME/.cargo/bin:$PATH"
    export PATH
  fi
  have cargo || fail "Rust is missing. Install stable Rust with rustup, as its home page says," \
    "then run this again."
  have git || lacks git git
  have cc || lacks "a C compiler" gcc libc6-dev
}
