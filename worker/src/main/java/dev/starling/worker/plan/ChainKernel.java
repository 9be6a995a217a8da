package dev.starling.worker.plan;

/** Two kernels for one layer, the second over what the first gives. */
record ChainKernel(Kernel first, Kernel second) implements Kernel {
    @Override
    public void seed(long seed) {
        first.seed(seed);
        second.seed(seed);
    }

    @Override
    public void forward(boolean training) {
        first.forward(training);
        second.forward(training);
    }

    @Override
    public void backward() {
        second.backward();
        first.backward();
    }

    @Override
    public Tensor output() {
        return second.output();
    }
}
