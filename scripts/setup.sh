# Read by ./undertone and ./test, after checkout.sh: installs what is missing, builds what changed. It says what it does
# on standard error, so that a command's own output stays clean, and keeps its logs in .setup/.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DEBIAN_FRONTEND=noninteractive

say() { printf 'undertone: %s\n' "$*" >&2; }
stop() { say "$1"; exit "${2:-1}"; }

# ---- steps -----------------------------------------------------------------------------------------------------------

declare -A step_of log_of begun_at
pending=()
own_group=(setsid)

# start_step "What it does" LOG COMMAND...: runs it in the background, in a process group of its own, its output in LOG.
start_step() {
  local what=$1 log=$2
  shift 2
  rm -f "$log"
  "${own_group[@]}" "$@" >"$log" 2>&1 </dev/null 9>&- &
  pending+=($!)
  step_of[$!]=$what log_of[$!]=$log begun_at[$!]=$SECONDS
}

# Waits for the steps that were started, with one line for each, and stops at the first that failed.
finish_steps() {
  local step
  for step in "${pending[@]}"; do
    [[ -t 2 ]] && printf 'undertone: %s ... ' "${step_of[$step]}" >&2
    if wait "$step"; then
      [[ -t 2 ]] || printf 'undertone: %s ... ' "${step_of[$step]}" >&2
      printf 'done (%d s)\n' $((SECONDS - begun_at[$step])) >&2
    else
      [[ -t 2 ]] && printf '\n' >&2
      abandon_steps
      say "${step_of[$step]} failed after $((SECONDS - begun_at[$step])) s. The end of its log:"
      tail -n 20 "${log_of[$step]}" | cut -c1-400 | sed 's/^/    /' >&2
      stop "the whole log: ${log_of[$step]}"
    fi
  done
  pending=()
}

abandon_steps() {
  local step
  for step in "${pending[@]}"; do kill -TERM -- "-$step" 2>/dev/null; done
}
trap 'abandon_steps; exit 130' INT
trap 'abandon_steps; exit 143' TERM

# ---- what the machine must have --------------------------------------------------------------------------------------

has_library() { PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null | grep -q "^[[:space:]]*$1 "; }

# The folder's own way of saying that it holds a libtorch, in the layouts of Debian, of PyTorch's archive and of its wheel.
holds_libtorch() {
  compgen -G "$1/share/cmake/Torch/TorchConfig.cmake" || compgen -G "$1/Torch/TorchConfig.cmake" ||
    compgen -G "$1/lib*/cmake/Torch/TorchConfig.cmake" || compgen -G "$1/lib/*/cmake/Torch/TorchConfig.cmake"
} >/dev/null

names_own_libtorch() {
  local folder folders
  IFS=':;' read -r -a folders <<<"${CMAKE_PREFIX_PATH-}"
  for folder in "${folders[@]}"; do
    [[ -n $folder ]] && holds_libtorch "$folder" && return 0
  done
  return 1
}

# The libraries that draw the charts of reports, as the lock file pins them; the build has npm fetch them where they are
# not there (web/ChartLibraries.targets).
has_chart_libraries() { cmp -s "$here/web/package-lock.json" "$here/web/node_modules/.fetched-lock.json"; }

# missing_packages everything: also what only the tests need.
missing_packages() {
  command -v cmake >/dev/null || echo cmake
  command -v g++ >/dev/null || command -v c++ >/dev/null || echo g++
  command -v make >/dev/null || command -v ninja >/dev/null || echo make
  has_library libsndfile.so.1 || echo libsndfile1
  has_library libsoxr.so.0 || echo libsoxr0
  has_library libsvm.so.3 || echo libsvm3
  if ! has_chart_libraries; then
    command -v node >/dev/null || echo nodejs
    command -v npm >/dev/null || echo npm
  fi
  [[ ${1-} != everything ]] || command -v chromium >/dev/null || echo chromium
  names_own_libtorch && return
  holds_libtorch /usr || holds_libtorch /usr/local || echo libtorch-dev
  has_library libopenblas.so.0 || echo libopenblas0-pthread
}

need_dotnet() {
  local folder
  for folder in "${DOTNET_ROOT-}" "${HOME-}/.dotnet" /usr/share/dotnet /usr/lib/dotnet /usr/local/share/dotnet; do
    command -v dotnet >/dev/null && break
    [[ -n $folder && -x $folder/dotnet ]] && PATH="$folder:$PATH"
  done
  command -v dotnet >/dev/null ||
    stop "the .NET SDK 10 is missing ('dotnet' is not on PATH). Install it as https://dot.net/download says, then try again." 2
  dotnet --list-sdks 2>/dev/null | grep -q '^10\.' ||
    stop "the .NET SDK 10 is missing; 'dotnet --list-sdks' names: $(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ' | grep . || echo none). Install it as https://dot.net/download says, then try again." 2
}

# need_packages program|everything
need_packages() {
  local packages install as_root=() answer
  mapfile -t packages < <(missing_packages "$1")
  ((${#packages[@]})) || return 0
  install="apt-get install -y --no-install-recommends ${packages[*]}"
  command -v apt-get >/dev/null ||
    stop "missing: ${packages[*]} (names of Debian packages). This system has no apt-get: install them its own way, or name a libtorch of yours in CMAKE_PREFIX_PATH, then try again." 2
  if ((EUID != 0)); then
    if ! command -v sudo >/dev/null || ! [[ -t 0 && -t 2 ]]; then
      stop "missing Debian packages: ${packages[*]}. Install them with: sudo apt-get update && sudo $install" 2
    fi
    say "missing Debian packages: ${packages[*]}"
    read -r -p "undertone: install them now with 'sudo $install'? [Y/n] " answer
    [[ $answer == [nN]* ]] && stop "nothing was installed. The command: sudo $install" 2
    as_root=(sudo env DEBIAN_FRONTEND=noninteractive)
    sudo -v || stop "sudo refused. The command: sudo $install" 2
    own_group=() # sudo remembers the password for this terminal only
  fi
  [[ " ${packages[*]} " == *' libtorch-dev '* ]] &&
    say "libtorch and what it needs: some 300 MB to fetch, 1.3 GB once installed; two to four minutes, this one time"
  # A package source that cannot be reached need not be the one that matters here, so update's own word is not final.
  start_step "installing ${packages[*]}" "$state/packages.log" bash -c '
    "${@:2}" apt-get update -q
    "${@:2}" apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=600 $1' \
    install "${packages[*]}" "${as_root[@]}"
  finish_steps
  own_group=(setsid)
  mapfile -t packages < <(missing_packages "$1")
  ((${#packages[@]} == 0)) || stop "still missing after the installation: ${packages[*]}. Its log: $state/packages.log"
}

# Debian's libtorch calls whichever BLAS is the system's alternative; the reference BLAS is many times slower than
# OpenBLAS. A choice that someone made by hand is left alone, and named.
choose_blas() {
  names_own_libtorch && return
  command -v update-alternatives >/dev/null || return 0
  local name status value
  while read -r name; do
    [[ $name == libblas.so.3-* || $name == liblapack.so.3-* ]] || continue
    status=$(update-alternatives --query "$name" | sed -n 's/^Status: //p')
    value=$(update-alternatives --query "$name" | sed -n 's/^Value: //p')
    [[ $value == */blas/libblas.so.3 || $value == */lapack/liblapack.so.3 || ! -e $value ]] || continue
    if [[ $status == manual ]]; then
      say "note: $name was set by hand to $value, many times slower than OpenBLAS. To change that: update-alternatives --auto $name"
    elif ((EUID == 0)); then
      update-alternatives --auto "$name" >>"$state/packages.log" 2>&1 || say "note: OpenBLAS could not be made $name; see $state/packages.log"
    else
      say "note: $name is $value, many times slower than OpenBLAS. To change that: sudo update-alternatives --auto $name"
    fi
  done < <(update-alternatives --get-selections | cut -d' ' -f1)
}

# ---- building --------------------------------------------------------------------------------------------------------

bridge() { compgen -G "$here/native/build/*.so" | head -n 1; }

bridge_sources() { grep -E '^(CMAKE_PREFIX_PATH=|native/|/.*/libtorch(_cpu)?\.so)'; }

build_bridge() {
  [[ -n $(bridge) && -r $state/bridge && $(sources | bridge_sources) == "$(<"$state/bridge")" ]] && return
  rm -f "$state/bridge"
  local build="$here/native/build"
  [[ -n ${CMAKE_PREFIX_PATH-} ]] && ! names_own_libtorch && say "note: CMAKE_PREFIX_PATH=$CMAKE_PREFIX_PATH holds no libtorch; the system's is used"
  # CMake refuses a build folder that was made elsewhere, and keeps the libtorch that it found first.
  rm -rf "$build"
  start_step 'building the bridge to libtorch' "$state/bridge.log" bash -c '
    cmake -S "$1/native" -B "$2" -DCMAKE_BUILD_TYPE=Release && cmake --build "$2" --parallel 2' build "$here" "$build"
}

# dotnet_build "What it does" PROJECT [ARGUMENT...]
dotnet_build() {
  start_step "$1" "$state/build.log" dotnet build "$2" -c Release -v q --nologo --disable-build-servers -p:NuGetAudit=false "${@:3}"
}

# The system's libraries that this set-up rests on: when one goes or changes, the next start looks again.
remember_libraries() {
  {
    bridge
    ldd "$(bridge)" | awk '$3 ~ /^\// && $1 ~ /^lib(torch|torch_cpu|c10|blas)\.so/ { print $3 }'
    PATH="$PATH:/sbin:/usr/sbin" ldconfig -p | awk '$1 ~ /^lib(sndfile\.so\.1|soxr\.so\.0)$/ { print $NF }'
  } | xargs -r -d '\n' readlink -f | sort -u >"$state/libraries"
}

# One set-up at a time in a checkout: a second start waits, and then finds everything done.
enter() {
  mkdir -p "$state" 2>/dev/null && exec 9>"$state/lock" ||
    stop "something must be built and '$state' cannot be written; run this as the checkout's owner." 2
  flock -n 9 && return
  say 'waiting for another start of this checkout to finish its set-up'
  flock 9
}

# NuGet and the SDK insist on a home they can write to.
need_home() {
  [[ -n ${HOME-} && -d $HOME && -w $HOME ]] || export HOME="$state/home"
  mkdir -p "$HOME"
}

# set_up program: the command line alone; set_up everything: the tests too.
set_up() {
  local before
  need_dotnet
  enter
  if [[ $1 != program ]] || ! is_up_to_date; then
    need_home
    need_packages "$1"
    choose_blas
    before=$(sources)
    rm -f "$state/sources"
    build_bridge
    case $1 in
      program) dotnet_build 'building the program' "$here/src/Undertone.Cli" ;;
      everything) dotnet_build 'building the program and its tests' "$here/Undertone.slnx" ;;
    esac
    finish_steps
    [[ -n $(bridge) ]] || stop "the bridge was built without error, but no library lies in $here/native/build; its log: $state/bridge.log"
    remember_libraries
    # What was written while the build ran is seen by the next start: only the libraries' lines are taken from now.
    { grep -v -e '^/' -e '^find: ' <<<"$before"; sources | grep '^/'; } >"$state/sources.new"
    bridge_sources <"$state/sources.new" >"$state/bridge"
    mv "$state/sources.new" "$state/sources"
  fi
  exec 9>&-
  trap - INT TERM
}

# A doctor installs nothing, and must speak where a package is missing or the bridge cannot be built: then the program
# alone is.
set_up_for_doctor() {
  need_dotnet
  [[ -z $(missing_packages) ]] && (set_up program) && return
  enter
  need_home
  # Without npm there are no charts, and a doctor does not need them.
  if has_chart_libraries || command -v npm >/dev/null; then
    dotnet_build 'building the program' "$here/src/Undertone.Cli"
  else
    dotnet_build 'building the program' "$here/src/Undertone.Cli" -p:WithoutCharts=true
  fi
  finish_steps
  exec 9>&-
  trap - INT TERM
}
