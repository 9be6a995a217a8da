/**
 * What a trained network has learned, as numbers: an encoder cut off at a layer, its codes, the singular values of its Jacobian, the inputs that maximise a unit, and beside them the principal components and a linear
 * classifier. Depends on {@code network}, {@code plan} and {@code step}.
 */
package dev.starling.worker.inspection;
