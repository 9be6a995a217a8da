/**
 * Kryo for Starling's own jobs: registration is required, and what is mostly arrays is copied in bulk. A type that crosses Spark is registered in
 * {@code StarlingRegistrator}; Kryo 4 cannot rebuild records, so each has a serializer here. Nothing but {@code jobs} depends on this package.
 */
package dev.starling.driver.serialization;
