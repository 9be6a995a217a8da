/**
 * Folders of a Hadoop file system, local disks included, and the one way in which Starling writes files: aside, then renamed. Depends on the worker's errors only.
 *
 * <p>Decision: everything goes through Hadoop's FileSystem, local disks too, so that there is one code path; the local one is the raw file system, without
 * {@code .crc} files beside every file and without a process forked for {@code chmod}.
 */
package dev.starling.driver.files;
