/**
 * Benchmarks: Starling beside what users would take instead, on one machine, in turn. Each system runs in processes of its own (a {@code …Contender}), which wait while
 * others measure; {@code deploy/bench} starts the mains ({@code …Benchmark}). A benchmark prints one table and then, for scripts, lines {@code name<TAB>value<TAB>target}.
 * None of it is a test: machines are too noisy.
 */
package dev.starling.tests.benchmark;
