# Sourced by ./feedrate and ./check: finds a Java 17 or newer, installs one where that is possible.
# shellcheck shell=sh disable=SC2034 # java_home is for who sources this

java_feature_of() { # HOME -> feature version (17, 21, ...), nothing where it is not a Java
  if [ -r "$1/release" ]; then
    java_text=$(sed -n 's/^JAVA_VERSION="\([^"]*\)".*/\1/p' "$1/release")
  else
    java_text=$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p')
  fi
  java_text=${java_text#1.}
  java_text=${java_text%%[!0-9]*}
  printf '%s' "$java_text"
}

java_fits() { # HOME NEED(java|javac)
  [ -x "$1/bin/java" ] && [ -x "$1/bin/$2" ] || return 1
  java_found=$(java_feature_of "$1")
  [ -n "$java_found" ] && [ "$java_found" -ge 17 ]
}

java_home_on_path() { # home of the java on the PATH, links followed
  java_at=$(command -v "$1" 2>/dev/null) || return 1
  while [ -L "$java_at" ]; do
    java_link=$(readlink "$java_at")
    case $java_link in
      /*) java_at=$java_link ;;
      *) java_at=$(dirname "$java_at")/$java_link ;;
    esac
  done
  (cd "$(dirname "$java_at")/.." 2>/dev/null && pwd -P)
}

# Sets java_home; NEED is javac where something has to be built, else java.
find_java() { # NEED
  java_home=
  if [ -n "${JAVA_HOME:-}" ]; then
    if java_fits "$JAVA_HOME" "$1"; then
      java_home=$JAVA_HOME
      return 0
    fi
    echo "JAVA_HOME=$JAVA_HOME has no $1 17 or newer: looking elsewhere." >&2
  fi
  for java_dir in "$(java_home_on_path "$1")" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    "$HOME/.sdkman/candidates/java/current" /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$java_dir" ] && java_fits "$java_dir" "$1"; then
      java_home=$java_dir
      return 0
    fi
  done
  return 1
}

jdk_package() { # the name of a fitting JDK in this system's package lists
  for java_package in openjdk-17-jdk-headless openjdk-21-jdk-headless default-jdk-headless; do
    if apt-cache show "$java_package" >/dev/null 2>&1; then
      printf '%s' "$java_package"
      return 0
    fi
  done
  return 1
}

# Finds a Java, or installs a JDK (Debian-like system, root), or says how to and returns 1.
require_java() { # NEED
  find_java "$1" && return 0
  if [ ! -e /etc/debian_version ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "Feedrate needs a JDK 17 or newer, and none was found (JAVA_HOME, PATH, /usr/lib/jvm)." >&2
    echo "Install one, for example from https://adoptium.net, or name it: JAVA_HOME=/path/to/jdk $0" >&2
    return 1
  fi
  if [ "$(id -u)" -ne 0 ]; then
    echo "Feedrate needs a JDK 17 or newer, and none was found. Install one with:" >&2
    echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends" \
      "$(jdk_package || echo openjdk-17-jdk-headless)" >&2
    return 1
  fi
  echo "No JDK 17 or newer was found: installing one with apt-get (about 300 MB)." >&2
  if ! jdk_package >/dev/null; then
    apt-get -q update >&2 || return 1
  fi
  java_package=$(jdk_package) || {
    echo "The package lists of this system have no JDK 17 or newer." >&2
    return 1
  }
  # Old lists name files that are gone: then with new ones.
  if ! install_jdk && ! { apt-get -q update >&2 && install_jdk; }; then
    echo "apt-get could not install $java_package." >&2
    return 1
  fi
  find_java "$1"
}

install_jdk() {
  DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=600 \
    install --no-install-recommends "$java_package" >&2
}
