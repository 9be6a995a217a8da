/** Machines that fail: real processes are killed and frozen while they train. Every test ends in the bits of a run that nothing disturbed, or in a clear failure. */
package dev.starling.tests.faults;
