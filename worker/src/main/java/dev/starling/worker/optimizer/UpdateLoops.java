package dev.starling.worker.optimizer;

import dev.starling.worker.loops.LoopsChoice;

/** Which update loop this JVM runs: by the Vector API where the module is there, else over heap chunks. */
final class UpdateLoops {
    private static final String VECTOR = "dev.starling.worker.vector.VectorUpdates";

    private UpdateLoops() {}

    static UpdateLoop create(OptimizerSpec spec, UpdateRule rule) {
        UpdateLoop heap = new HeapLoop(rule, spec.stateVectors());
        return LoopsChoice.vectorModule() ? vector(spec, heap) : heap;
    }

    private static UpdateLoop vector(OptimizerSpec spec, UpdateLoop heap) {
        try {
            return Class.forName(VECTOR)
                    .asSubclass(UpdateLoop.class)
                    .getConstructor(OptimizerSpec.class, UpdateLoop.class)
                    .newInstance(spec, heap);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot make " + VECTOR + " (expected beside the worker's classes)", e);
        }
    }
}
