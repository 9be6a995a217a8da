/** The lecture notes' exercises and figures, {@code conf/experiments/course}: in short, in full with what is expected beside what is found, and their mathematics. May use all modules. */
package dev.starling.tests.course;
