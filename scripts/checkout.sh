# Read by ./undertone and ./test: is everything that was built newer than what it was built from?

program="$here/src/Undertone.Cli/bin/Release/net10.0/Undertone.Cli.dll"
state="$here/.setup"

# A line for each source (and each library of the system that the last set-up used): path, time, size. A list says more
# than "newer than a stamp": it also sees files that were deleted, or replaced by older ones.
sources() {
  local libraries=()
  [[ -r $state/libraries ]] && mapfile -t libraries <"$state/libraries"
  printf 'CMAKE_PREFIX_PATH=%s\n' "${CMAKE_PREFIX_PATH-}"
  (cd "$here" && find src native scripts web models Directory.Build.props Directory.Packages.props global.json "${libraries[@]}" \
    \( -name bin -o -name obj -o -path native/build -o -name node_modules \) -prune -o -type f -printf '%p %T@ %s\n' 2>&1)
}

is_up_to_date() {
  [[ -r $state/sources && -e $program ]] && command -v dotnet >/dev/null && [[ $(sources) == "$(<"$state/sources")" ]]
}
