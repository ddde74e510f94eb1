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
  java_ifs=$IFS
  IFS='
'
  for java_dir in $(java_places "$1"); do
    if java_fits "$java_dir" "$1"; then
      java_home=$java_dir
      break
    fi
  done
  IFS=$java_ifs
  [ -n "$java_home" ]
}

java_places() { # NEED -> where Javas usually are, one in a line
  java_home_on_path "$1" || true
  for java_place in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    "$HOME/.sdkman/candidates/java/current" "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ ! -d "$java_place" ] || printf '%s\n' "$java_place"
  done
}

# Sets other_java_home to a Java of another feature version than java_home: to the one that
# SECOND_JAVA_HOME names, or the newest there is.
find_other_java() {
  other_java_home=
  java_newest=0
  java_mine=$(java_feature_of "$java_home")
  java_ifs=$IFS
  IFS='
'
  for java_dir in ${SECOND_JAVA_HOME:-$(java_places java)}; do
    if java_fits "$java_dir" java; then
      java_found=$(java_feature_of "$java_dir")
      if [ "$java_found" -ne "$java_mine" ] && [ "$java_found" -gt "$java_newest" ]; then
        java_newest=$java_found
        other_java_home=$java_dir
      fi
    fi
  done
  IFS=$java_ifs
  [ -n "$other_java_home" ]
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
