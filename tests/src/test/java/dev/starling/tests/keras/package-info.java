/** Keras's files: imports predict what real Keras predicted, steps train as real Keras trained, hostile files are refused. The fixtures and the scripts that real Keras ran stand in the resources. */
package dev.starling.tests.keras;
