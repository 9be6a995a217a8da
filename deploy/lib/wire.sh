# shellcheck shell=bash
# Four network namespaces, each with one interface wire0 of 1 Gbit/s (--rate: Mbit/s) both ways, joined by a bridge in a fifth; nothing of it is in the machine's own network. Sourced by deploy/bench,
# which has set fail.

wire=starling-wire-$$-
wire_main=

wire_check() {
  [[ $EUID -eq 0 ]] || fail 'Cannot make network namespaces: not root (expected deploy/bench wire as root)'
  local tool
  for tool in ip tc; do
    command -v "$tool" > /dev/null || fail "Cannot make network namespaces: no $tool (expected package iproute2)"
  done
}

wire_up() {
  local name i limit=(tbf rate "${1}mbit" burst 64kb latency 20ms)
  # Of a bench that was killed: its id stands in the name.
  while read -r name _; do
    if [[ $name =~ ^starling-wire-([0-9]+)- && ! -d /proc/${BASH_REMATCH[1]} ]]; then wire_delete "$name"; fi
  done < <(ip netns list)
  trap wire_down EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  trap 'exit 129' HUP
  ip netns add "${wire}bridge"
  ip -n "${wire}bridge" link add bridge type bridge
  ip -n "${wire}bridge" link set bridge up
  for i in 0 1 2 3; do
    ip netns add "$wire$i"
    ip -n "${wire}bridge" link add "port$i" type veth peer name wire0 netns "$wire$i"
    ip -n "${wire}bridge" link set "port$i" master bridge up
    ip -n "$wire$i" address add "10.97.0.$((i + 1))/24" dev wire0
    ip -n "$wire$i" link set lo up
    ip -n "$wire$i" link set wire0 up
    # A wire is as narrow towards a replica as away from it.
    tc -n "$wire$i" qdisc add dev wire0 root "${limit[@]}"
    tc -n "${wire}bridge" qdisc add dev "port$i" root "${limit[@]}"
  done
}

# With all that runs in it.
wire_delete() {
  local ids
  ids=$(ip netns pids "$1" 2> /dev/null || true)
  # shellcheck disable=SC2086
  [[ -z $ids ]] || kill -KILL $ids 2> /dev/null || true
  ip netns delete "$1" 2> /dev/null || true
}

wire_down() {
  local status=$? name
  trap '' INT TERM HUP
  trap - EXIT
  [[ -z $wire_main ]] || kill -TERM "$wire_main" 2> /dev/null || true
  for name in "${wire}"{0,1,2,3,bridge}; do wire_delete "$name"; done
  [[ -z $wire_main ]] || wait "$wire_main" 2> /dev/null || true
  exit "$status"
}

# Runs a command, a rate among its options or not; it gets the namespaces' prefix; it runs beside this script, for a trap waits for what runs in front.
wire_run() {
  local rate=1000 last='' word
  for word; do
    if [[ $last == --rate && $word =~ ^[1-9][0-9]*$ ]]; then rate=$word; fi
    last=$word
  done
  wire_up "$rate"
  "$@" --namespaces "$wire" &
  wire_main=$!
  wait "$wire_main"
}
