# shellcheck shell=sh
# What ./play and ./test share: a checkout made ready to run. Sourced, with $root set to the checkout.
#
# prepare play|test   leaves a complete .venv, or prints what to type and exits with 3.
#
# .venv/voice-guide-setup says what the environment holds: "building" while pip works, then the
# checksum of pyproject.toml, the checkout's path, and play or test. So a broken-off set-up is seen
# and made anew, and a complete one costs one checksum.

venv=${root:?set it before}/.venv
stamp=$venv/voice-guide-setup
lock=$root/.venv-lock
system=$(uname -s)
python='' incomplete='' outdated='' needs='' wishes='' browser=''

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$*"
    exit 3
}

# ready play|test: whether .venv is complete, for this pyproject.toml and in this place.
ready() {
    [ -x "$venv/bin/python" ] && [ -x "$venv/bin/voice-guide" ] && [ -r "$stamp" ] || return 1
    read_stamp
    [ "$had_sum" = "$(cksum <"$root/pyproject.toml")" ] && [ "$had_root" = "$root" ] || return 1
    [ "$had_use" = test ] || [ "$1" = play ]
}

read_stamp() {
    had_sum='' had_root='' had_use=''
    { IFS= read -r had_sum && IFS= read -r had_root && IFS= read -r had_use; } <"$stamp" || :
}

# find_python: sets $python to one that can make a .venv; else $incomplete to a new enough version
# of the system's that lacks the venv module, or $outdated to the version of one that is too old.
find_python() {
    python='' incomplete='' outdated=''
    for name in python3 python3.14 python3.13 python3.12 python3.11 python3.10; do
        path=$(command -v "$name") || continue
        # Without Apple's developer tools this one only opens a dialog.
        if [ "$system:$path" = Darwin:/usr/bin/python3 ] && ! xcode-select -p >/dev/null 2>&1; then
            continue
        fi
        found=$("$name" -I -c '
import os, sys
version = "%d.%d" % sys.version_info[:2]
base = getattr(sys, "_base_executable", None) or sys.executable
named = os.path.join(os.path.dirname(base), "python" + version)
kind = "ok"
try:
    import ensurepip, venv
except ImportError:
    kind = "incomplete"
if sys.version_info < (3, 10):
    kind = "old"
if sys.version_info >= (3, 14) and sys.platform == "darwin" and os.uname().machine == "x86_64":
    kind = "new"  # the last onnxruntime for Intel Macs is for 3.13
print(kind, version, named if os.path.exists(named) else base)' 2>/dev/null) || continue
        kind=${found%% *} version=${found#* }
        path=${version#* } version=${version%% *}
        case $kind in
        ok) python=$path && return ;;
        incomplete) case $path in /usr/bin/*) incomplete=${incomplete:-$version} ;; esac ;;
        old) outdated=$version ;;
        esac
    done
}

# has_portaudio: asks as sounddevice does. On macOS its wheel brings PortAudio along.
has_portaudio() {
    [ "$system" != Linux ] ||
        "$python" -I -c 'import sys; from ctypes.util import find_library as find
sys.exit(not find("portaudio"))' 2>/dev/null
}

# tool_packages: prints what is missing for the tests that watch the program from outside, on a
# virtual sound card and by its system calls, and for those that build the speech model.
tool_packages() {
    command -v pulseaudio >/dev/null 2>&1 || printf ' pulseaudio'
    command -v pactl >/dev/null 2>&1 || printf ' pulseaudio-utils'
    for plugin in /usr/lib/*/alsa-lib/libasound_module_pcm_pulse.so; do
        [ -e "$plugin" ] || printf ' libasound2-plugins'
        break
    done
    command -v strace >/dev/null 2>&1 || printf ' strace'
    command -v fstconvert >/dev/null 2>&1 || printf ' libfst-tools'
}

# browser_packages: prints what is missing for the tests of the report's page.
browser_packages() {
    command -v chromium >/dev/null 2>&1 || printf ' chromium'
    command -v chromedriver >/dev/null 2>&1 || printf ' chromium-driver'
}

# system_needs play|test: sets $needs (Debian's names), and $wishes and $browser for what only some
# tests use. The browser is apart, as Ubuntu has no such packages and would then install none.
system_needs() {
    needs='' wishes='' browser=''
    if ! ready "$1"; then
        find_python
        if [ -z "$python" ]; then
            needs=' python3 python3-venv libportaudio2'
            [ -z "$incomplete" ] || needs=" python$incomplete-venv libportaudio2"
        elif ! has_portaudio; then
            needs=' libportaudio2'
        fi
    fi
    if [ "$1:$system" = test:Linux ] && command -v apt-get >/dev/null 2>&1; then
        wishes=$(tool_packages)
        browser=$(browser_packages)
    fi
}

# install_system_needs: brings $needs, $wishes and $browser in, or prints the command and exits with 3.
install_system_needs() {
    if [ "$system" = Darwin ]; then
        install_with_brew
    elif [ -n "$outdated" ] && [ -z "$python$incomplete" ]; then
        no_python
    elif command -v apt-get >/dev/null 2>&1; then
        install_with_apt
    elif command -v dnf >/dev/null 2>&1; then
        tell 'sudo dnf install -y python3 portaudio'
    elif command -v pacman >/dev/null 2>&1; then
        tell 'sudo pacman -S --needed python portaudio'
    elif command -v zypper >/dev/null 2>&1; then
        tell 'sudo zypper install -y python312 libportaudio2'
    else
        fail "voice_guide needs Python 3.10 or newer with its venv module, and the PortAudio library.
Install them with this system's package manager, then run this again."
    fi
}

no_python() {
    fail "voice_guide needs Python 3.10 or newer${outdated:+; this system has $outdated}.
Install one (https://www.python.org/downloads/), then run this again."
}

# tell COMMAND: what to type, once.
tell() {
    say "Not everything that voice_guide needs is here. Type this once, then run this again:"
    say
    say "    $1"
    exit 3
}

install_with_brew() {
    command -v brew >/dev/null 2>&1 || no_python
    say "Installing with Homebrew: python@3.12"
    output=$(brew install python@3.12 2>&1 </dev/null) || {
        last_lines "$output"
        tell 'brew install python@3.12'
    }
}

install_with_apt() {
    if [ "$(id -u)" = 0 ]; then
        as_root=''
    elif command -v sudo >/dev/null 2>&1; then
        as_root=sudo
    else
        as_root=su
    fi
    if ! may_install; then
        [ -z "$needs" ] || tell "$(apt_command)"
        say "Some tests are left out. To have them: $(apt_command)"
        return
    fi
    say "Installing with apt-get (this once):$needs$wishes$browser"
    $as_root apt-get -q update >/dev/null 2>&1 </dev/null || :
    # shellcheck disable=SC2086 # a list of words
    [ -z "$needs" ] || apt_install $needs || {
        [ -n "$python" ] || tell "$(apt_command)"
        say "Going on without PortAudio, and so without sound. To try again: $(apt_command)"
    }
    # shellcheck disable=SC2086 # a list of words
    [ -z "$wishes" ] || apt_install $wishes || say "Going on without some of the tests."
    # shellcheck disable=SC2086 # a list of words
    [ -z "$browser" ] || apt_install $browser || say "Going on without the tests in a browser."
}

# apt_install PACKAGES...: removes nothing; on a desktop, pulseaudio would put PipeWire out.
apt_install() {
    output=$($as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 \
        install -y --no-remove --no-install-recommends "$@" 2>&1 </dev/null) || {
        last_lines "$output"
        return 1
    }
}

apt_command() {
    if [ "$as_root" = su ]; then
        printf "su -c 'apt-get update && apt-get install -y%s'" "$needs$wishes$browser"
    else
        before=${as_root:+$as_root }
        printf '%s' "${before}apt-get update && ${before}apt-get install -y$needs$wishes$browser"
    fi
}

# may_install: as root, or with sudo that asks nothing or has a terminal to ask at.
may_install() {
    case $as_root in
    '') return 0 ;;
    su) return 1 ;;
    esac
    sudo -n true >/dev/null 2>&1 && return 0
    [ -n "$needs" ] && [ -t 0 ] && [ -t 2 ] || return 1
    say "To install with apt-get:$needs$wishes$browser; sudo asks for your password."
    sudo -v
}

last_lines() { printf '%s\n' "$1" | tail -n 15 >&2; }

# make_venv play|test: fills .venv with the package (editable), or tells why not.
make_venv() {
    use=$1 before=''
    if [ -e "$stamp" ]; then
        read_stamp
        if [ "$had_root" = "$root" ] && "$venv/bin/python" -c '' 2>/dev/null; then
            before=$(cat "$stamp")
            use=$([ "$had_use" = test ] && echo test || echo "$1")
        else
            rm -rf "$venv"
        fi
    elif [ -e "$venv" ] && ! "$venv/bin/python" -c '' 2>/dev/null; then
        fail "$venv is there but does not work, and was not made by this. Move it away."
    fi
    say "Setting up $venv (once; a minute or two, about 250 MB)."
    mkdir -p "$venv"
    echo building >"$stamp"
    [ -x "$venv/bin/python" ] || output=$("$python" -m venv "$venv" 2>&1) || {
        last_lines "$output"
        fail "$python could not make $venv."
    }
    extra=$([ "$use" = test ] && echo '[test]' || :)
    output=$(cd "$root" && PIP_USER=0 "$venv/bin/python" -m pip install --quiet --no-input \
        --disable-pip-version-check --prefer-binary -e ".$extra" 2>&1 </dev/null) || {
        last_lines "$output"
        [ -z "$before" ] || printf '%s\n' "$before" >"$stamp"
        fail "pip could not install voice_guide into $venv: see above.
The set-up needs the network; when that is mended, run this again."
    }
    printf '%s\n' "$(cksum <"$root/pyproject.toml")" "$root" "$use" >"$stamp.new"
    mv "$stamp.new" "$stamp"
}

# take_lock: so that two at once do not fill the same .venv. A lock whose holder is gone is void.
take_lock() {
    waited=0 gone=0
    until mkdir "$lock" 2>/dev/null; do
        if [ ! -d "$lock" ]; then # given back at this moment, unless it happens again
            gone=$((gone + 1))
            [ "$gone" -lt 3 ] || fail "$root cannot be written, so .venv cannot be made there."
            continue
        fi
        gone=0
        holder=$(cat "$lock/pid" 2>/dev/null || :)
        if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null || [ "$waited:$holder" = 5: ]; then
            rm -rf "$lock"
            continue
        fi
        [ "$waited" != 1 ] || say "Waiting for the set-up that runs already (process $holder)."
        [ "$waited" -lt 900 ] || fail "Process $holder holds $lock. End it, then run this again."
        sleep 1
        waited=$((waited + 1))
    done
    echo $$ >"$lock/pid"
    trap 'rm -rf "$lock"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' HUP TERM
}

# prepare play|test: see above.
prepare() {
    [ "$1" = test ] || ! ready "$1" || return 0
    case $system in
    MINGW* | MSYS* | CYGWIN*)
        tell 'py -m venv .venv && .venv\Scripts\pip install -e . && .venv\Scripts\voice-guide play'
        ;;
    esac
    unset PYTHONHOME PYTHONPATH
    system_needs "$1"
    [ -z "$needs$wishes$browser" ] || {
        install_system_needs
        ready "$1" || find_python
    }
    ready "$1" || {
        [ -n "$python" ] || no_python
        take_lock
        ready "$1" || make_venv "$1"
        rm -rf "$lock"
        trap - EXIT INT HUP TERM
    }
}
