# shellcheck shell=bash
# Processes that outlive the script which starts them, each under a name. $dir/<name>.pid holds id and start time, so that an id which belongs to another by now is never
# taken for ours; $dir/<name>.log what it says. Sourced by scripts that have set dir, say and fail.
# shellcheck disable=SC2154

grace=10 # seconds between TERM and KILL
launched=()

# Of every process: id, state, parent, group, start time. Names may hold spaces and brackets.
processes() {
  cat /proc/[0-9]*/stat 2> /dev/null | awk '{ id = $1; sub(/^.*\) /, ""); print id, $1, $2, $3, $20 }'
}

# Sets state and birth (its start time) of a process. Without $( ), as all that `up` does while it waits: a signal that comes while bash parses one makes it misread the trap.
look_at() {
  local line fields
  { read -r line < "/proc/$1/stat"; } 2> /dev/null || return 1
  read -r -a fields <<< "${line##*) }"
  state=${fields[0]} birth=${fields[19]}
}

lives() {
  local id started state birth
  { [[ -f $dir/$1.pid ]] && read -r id started < "$dir/$1.pid"; } || return 1
  look_at "$id" && [[ $started == "$birth" && $state != Z ]]
}

# Ids of what lives of a name: its process, and those of its group (executors, drivers), also after its own end.
family() {
  local id started member
  { [[ -f $dir/$1.pid ]] && read -r id started < "$dir/$1.pid"; } || return 0
  while read -r member; do
    if [[ $member == "$id" ]] || tr '\0' '\n' 2> /dev/null < "/proc/$member/environ" | grep -qxF "STARLING_LOCAL_CLUSTER=$dir"; then
      printf '%s\n' "$member"
    fi
  done < <(processes | awk -v id="$id" -v started="$started" '
    $1 == id && $5 != started { foreign = 1 }
    $4 == id && $2 != "Z" { found[++n] = $1 }
    END { if (!foreign) for (i = 1; i <= n; i++) print found[i] }')
}

# Starts a process in a group of its own. It writes down its id before it becomes the command, so that none is ever unknown, whatever happens to this script.
launch() {
  local name=$1
  shift
  rm -f "$dir/$name.pid"
  launched+=("$name")
  (
    me=$BASHPID # in $( ) it would be another
    look_at "$me"
    printf '%s %s\n' "$me" "$birth" > "$dir/$name.part"
    mv "$dir/$name.part" "$dir/$name.pid"
    exec setsid "$@"
  ) < /dev/null > "$dir/$name.log" 2>&1 9>&- &
  until [[ -f $dir/$name.pid ]]; do sleep 0.02; done
}

# Ends all that belongs to the names: TERM, and KILL to what is still there after the grace.
stop() {
  local name ids killed=false began=$SECONDS
  ids=$(for name; do family "$name"; done)
  while [[ -n $ids ]]; do
    if [[ $killed == false ]]; then
      # shellcheck disable=SC2086
      kill -TERM $ids 2> /dev/null || true
      killed=term
    elif [[ $killed == term ]] && ((SECONDS - began >= grace)); then
      # shellcheck disable=SC2086
      kill -KILL $ids 2> /dev/null || true
      killed=true
    fi
    ((SECONDS - began < 2 * grace)) || fail "Cannot stop processes $(tr '\n' ' ' <<< "$ids"): still there after KILL"
    sleep 0.1
    ids=$(for name; do family "$name"; done)
  done
  for name; do rm -f "$dir/$name.pid"; done
}

# After an `up` that did not reach its end, nothing of what it started is left.
undo() {
  local status=$? last began=$SECONDS
  trap '' INT TERM HUP
  trap - EXIT
  if [[ $status == 2 && -z ${failed:-} ]]; then status=130; fi # bash's own word for a trap that it misread, see look_at
  if ((${#launched[@]})); then
    last=${launched[${#launched[@]} - 1]}
    until [[ -f $dir/$last.pid ]] || ((SECONDS - began > 1)); do sleep 0.02; done # it may just have been born
    stop "${launched[@]}"
    say 'stopped what was started'
  fi
  exit "$status"
}
