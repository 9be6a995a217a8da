/** That the experiments of {@code conf/experiments} learn what they should. May use all modules. */
package dev.starling.tests.learning;
