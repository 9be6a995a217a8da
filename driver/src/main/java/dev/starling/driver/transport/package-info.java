/**
 * Connections of Starling's own between driver and executors, on Spark's transport: guarded by {@code spark.authenticate} as Spark's own are. {@code DriverServer} and
 * {@code DriverConnection} are its two ends, {@code ArrayCodec} is how values become bytes. Depends on Spark alone.
 */
package dev.starling.driver.transport;
