/**
 * From files to what each replica gets: list files → fixed blocks of records, read in parallel ({@code RawBlock}) → classes and counts → splits by seed
 * and row number → preparation fitted on training rows → encoded rows dealt to replicas, or in order for evaluation.
 *
 * <p>Decisions. Blocks are 4096 records of one file, so that they, and all sums over them in the order of their numbers, do not depend on partitions. Splits and dealing are stateless
 * permutations, so no shuffle decides who gets what. What is wrong with the data is a value: tasks collect it, the driver throws all of it at once as {@code InvalidInput}.
 *
 * <p>Depends on {@code worker.data} and {@code worker.network} (shapes, losses), Spark and Hadoop's FileSystem; what it ships is registered in {@code driver.serialization}.
 */
package dev.starling.driver.data;
