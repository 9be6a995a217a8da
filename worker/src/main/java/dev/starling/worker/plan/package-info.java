/**
 * The planned step: a network compiled once into a list of kernels with buffers made once, in place on the flat parameter vector. {@code Planner} walks the network's layout and
 * asks a maker per kind of layer; each {@code Kernel} owns its tensors and runs forward and backward; a {@code Head} joins the last activation with the loss. Between kernels go {@code Tensor}s in the
 * order that oneDNN likes; only the edges (features, flatten) are plain.
 *
 * <p>To add a kernel: write a class that implements {@code Kernel} (values in, values out; gradients out, gradients in; parameters by {@code Planning.block}), with a
 * constructor of the form (Planning, layer, blocks, input), and add one line to {@code Planner.KERNELS}. Throw {@code Unplannable} where it does not apply: the whole network then
 * runs on the reference step, and the reason is told.
 *
 * <p>Depends on {@code data} (seeds), {@code network}, {@code step} (the seam), {@code loops}, {@code memory}, oneDNN and OpenBLAS by JavaCPP presets.
 */
package dev.starling.worker.plan;
