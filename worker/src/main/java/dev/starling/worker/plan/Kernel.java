package dev.starling.worker.plan;

/**
 * One operation of a plan: it owns its buffers, made once, and neither direction allocates. A kernel reads its input tensor's values and writes its output's; backward it reads its output's
 * gradient and writes its parameters' and its input's.
 */
interface Kernel {
    /** @param training whether batch statistics and dropout are in force */
    void forward(boolean training);

    void backward();

    /** Called before a training batch; kernels that draw random numbers draw from this. */
    default void seed(long seed) {}

    Tensor output();
}
