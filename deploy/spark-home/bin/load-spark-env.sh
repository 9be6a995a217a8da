# shellcheck shell=sh
# Spark's own scripts source this file; its daemons and local-cluster look for it.
export SPARK_SCALA_VERSION=2.12
