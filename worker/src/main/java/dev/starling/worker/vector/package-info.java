/** The element loops by the Vector API (an incubator module of JDK 17): compiled by an execution of its own, loaded only where the JVM has the module. */
package dev.starling.worker.vector;
