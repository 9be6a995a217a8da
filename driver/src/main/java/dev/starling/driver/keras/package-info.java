/**
 * Keras's files, as they are read and written: {@code .keras} archives, whole models in {@code .h5}, architectures in JSON with weights in HDF5, of Keras 1, 2 and 3. {@code KerasFile}
 * opens one and gives its layers ({@code KerasModel}) and its arrays ({@code KerasWeights}); {@code Placement} says where each array's values lie in the flat vector; {@code KerasExport}
 * writes. Files are not trusted: nothing in them is run or written to disk, sizes are compared with what the architecture needs before memory is taken, links to other files
 * are refused, and whatever else is wrong becomes one line. HDF5 is read by jHDF, which is pure Java (a damaged file cannot bring down the JVM, as the C library's
 * preset could). Depends on {@code worker} and {@code store}'s JSON.
 */
package dev.starling.driver.keras;
