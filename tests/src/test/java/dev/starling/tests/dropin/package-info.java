/** Deeplearning4j Spark's own classes with Starling's training master: what DL4J's own tests ask of a master, and what its own one does wrong. */
package dev.starling.tests.dropin;
