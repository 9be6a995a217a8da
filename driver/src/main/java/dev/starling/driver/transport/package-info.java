/** Connections of Starling's own between driver and executors, on Spark's transport: guarded by {@code spark.authenticate} as Spark's own are. Depends on Spark alone. */
package dev.starling.driver.transport;
