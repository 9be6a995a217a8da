/**
 * The store of runs: a folder, local or of any Hadoop file system, with a directory per run. {@code RunStore} finds and makes runs, {@code RunDirectory} writes
 * one, {@code StoredRun} reads one. Every file is written aside and renamed, {@code _SUCCESS} comes last, and readers ask for it. Each
 * file's format stands beside its record ({@code ProvenanceJson}, {@code MetricsJson}, {@code HistoryCsv}, {@code ModelZip}). Formats only grow: what is unknown is
 * ignored, and {@code formatVersion} says which it is. Depends on {@code files} and {@code checkpoint}, and on {@code data}, {@code training} and {@code evaluation} for the values that it keeps.
 */
package dev.starling.driver.store;
