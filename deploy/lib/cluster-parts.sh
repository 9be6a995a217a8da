# shellcheck shell=bash
# shellcheck disable=SC2154 # what the words and the folder's settings say: root, dir, workers, ports
# What a local cluster consists of: how each process is started, and how to tell that it answers. Sourced by deploy/local-cluster.

spark_home=$root/target/spark-home
hdfs_jars=$root/target/hdfs-jars
patience=120 # seconds until a process answers

# --- Whether a process answers ---

# What http://127.0.0.1:<port><path> answers; nothing when nobody does within seconds.
get() {
  # shellcheck disable=SC2016
  timeout 5 bash -c 'exec 3<> "/dev/tcp/127.0.0.1/$0" && printf "GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n" "$1" >&3 && cat <&3' "$1" "$2" 2> /dev/null || true
}

# holds <text>: whether standard input does; read to its end.
holds() { grep -F -e "$1" > /dev/null; }
name_node_says() { get "$namenode_web" "/jmx?qry=Hadoop:service=NameNode,name=$1" | holds "$2"; }
master_says() { get "$master_web" /json/ | tr -d ' \r\n' | holds "$1"; }

answers() {
  local web=${1/-/_}_web
  case $1 in
    namenode) name_node_says NameNodeInfo '"Safemode" : ""' ;;
    datanode) get "$datanode_web" /jmx | holds DataNodeInfo ;;
    master) master_says '"status":"ALIVE"' ;;
    worker-*) get "${!web}" /json/ | tr -d ' \r\n' | holds '"masterwebuiurl":"http' ;;
  esac
}

all_joined() { master_says "\"aliveworkers\":$workers," && name_node_says FSNamesystemState '"NumLiveDataNodes" : 1'; }

# await <name> <command …>: until the command says yes, as long as the process lives.
await() {
  local name=$1 began=$SECONDS
  shift
  until "$@"; do
    lives "$name" || fail "Cannot start $name: it ended (expected it to stay). Its log, $dir/$name.log, ends with
$(tail -n 15 "$dir/$name.log")"
    ((SECONDS - began < patience)) || fail "Cannot start $name: no answer after $patience s (see $dir/$name.log)"
    sleep 0.2
  done
}

# --- What is started, and how ---

names() {
  local i
  printf 'namenode\ndatanode\nmaster\n'
  for ((i = 1; i <= workers; i++)); do printf 'worker-%d\n' "$i"; done
}

is_free() { ! (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }

free_port() {
  local port=${!1:-}
  while [[ -z $port || " ${taken:-} " == *" $port "* ]] || ! is_free "$port"; do
    port=$((20000 + RANDOM % 12000)) # below those that the kernel gives to clients
  done
  taken+=" $port"
  printf -v "$1" '%d' "$port"
}

# Addresses stay those of the folder where they are free, since the runs stored in its HDFS name them; within a cluster's life they never change.
write_settings() {
  local name settings=(workers cores memory gpus gpu_discovery namenode_port master_port)
  for name in $(names); do settings+=("${name/-/_}_web"); done
  for name in "${settings[@]:5}"; do free_port "$name"; done
  for name in "${settings[@]}"; do printf '%s=%q\n' "$name" "${!name}"; done > "$dir/settings.part"
  mv "$dir/settings.part" "$dir/settings"
}

build() {
  local version
  if [[ ! -f $spark_home/RELEASE ]]; then env -u SPARK_HOME "$root/deploy/starling" --version > /dev/null; fi
  version=$(sed -n 's/.*<hadoop.version>\(.*\)<.*/\1/p' "$root/pom.xml")
  minicluster=$hdfs_jars/hadoop-client-minicluster-$version.jar
  [[ -f $minicluster ]] || (cd "$root" && mvn -B -ntp -q -N dependency:copy -DoutputDirectory="$hdfs_jars" \
    -Dartifact="org.apache.hadoop:hadoop-client-minicluster:$version" >&2) || fail "Cannot get HDFS: Maven failed (see above)"
}

# java_process <name> <class> <arguments …>: the environment and flags that all of them share.
java_process() {
  local name=$1
  shift
  launch "$name" env STARLING_LOCAL_CLUSTER="$dir" SPARK_HOME="$spark_home" SPARK_CONF_DIR="$root/conf/spark" SPARK_SCALA_VERSION=2.12 \
    SPARK_LOCAL_IP=127.0.0.1 SPARK_LOCAL_DIRS="$dir/scratch" OMP_NUM_THREADS=1 \
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.io.tmpdir="$dir/tmp" \
    -Dlog4j2.configurationFile="file:$root/conf/spark/log4j2-verbose.properties" ${options[@]+"${options[@]}"} -cp "$class_path" "$@"
}

hdfs_process() {
  local name=$1 class=$2
  shift 2
  class_path="$minicluster:$spark_home/jars/*" java_process "$name" "org.apache.hadoop.hdfs.server.$class" \
    -D fs.defaultFS="hdfs://127.0.0.1:$namenode_port" -D hadoop.tmp.dir="$dir/tmp" -D dfs.permissions.enabled=false \
    -D dfs.namenode.name.dir="$dir/hdfs/name" -D dfs.namenode.http-address="127.0.0.1:$namenode_web" -D dfs.namenode.safemode.extension=0 \
    -D dfs.namenode.datanode.registration.ip-hostname-check=false -D dfs.datanode.data.dir="$dir/hdfs/data" -D dfs.datanode.address=127.0.0.1:0 \
    -D dfs.datanode.ipc.address=127.0.0.1:0 -D dfs.datanode.http.address="127.0.0.1:$datanode_web" -D dfs.heartbeat.interval=1 "$@"
}

format() {
  hdfs_process format namenode.NameNode -format -nonInteractive
  wait "$!" || fail "Cannot format HDFS: see $dir/format.log"
  rm -f "$dir/format.pid"
}

start() {
  local web=${1/-/_}_web options=() class_path="$spark_home/jars/*"
  case $1 in
    namenode)
      if [[ ! -d $dir/hdfs/name/current ]]; then format; fi
      hdfs_process namenode namenode.NameNode
      ;;
    datanode) hdfs_process datanode datanode.DataNode ;;
    master) java_process master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$master_port" --webui-port "$master_web" ;;
    worker-*)
      # Every application leaves its jar in the work folder.
      options=(-Dspark.worker.cleanup.enabled=true -Dspark.worker.cleanup.interval=60 -Dspark.worker.cleanup.appDataTtl=600)
      if ((gpus)); then options+=(-Dspark.worker.resource.gpu.amount="$gpus" -Dspark.worker.resource.gpu.discoveryScript="$gpu_discovery"); fi
      java_process "$1" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --webui-port "${!web}" --cores "$cores" --memory "$memory" \
        --work-dir "$dir/work/$1" "spark://127.0.0.1:$master_port"
      ;;
  esac
}
