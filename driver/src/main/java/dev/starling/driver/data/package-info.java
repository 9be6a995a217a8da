/**
 * From files to what each replica gets: list files → fixed blocks of records, read in parallel ({@code RawBlock}) → classes and counts → splits by seed
 * and row number → preparation fitted on training rows → encoded rows dealt to replicas, or in order for evaluation.
 */
package dev.starling.driver.data;
