/** Cross-validation from the experiment file to the run: against scikit-learn, with planted leaks, on noise, with executors that die. */
package dev.starling.tests.selection;
