package dev.starling.jobs.figure;

/** A picture that an experiment may ask for. */
public sealed interface FigureSpec {
    /** Of the file in the run's folder {@code figures}, without {@code .png}; no two figures of a run share it. */
    String name();

    /** Loss and followed metrics, epoch by epoch; of a sweep the loss of each trial. */
    record Curves() implements FigureSpec {
        @Override
        public String name() {
            return "curves";
        }
    }

    /** What the network says over the plane of its two inputs, and the examples. */
    record Boundary() implements FigureSpec {
        @Override
        public String name() {
            return "boundary";
        }
    }

    /** Of a sweep over seeds and numbers of epochs: what each training says of the validation rows after ever more epochs, projected to two dimensions. */
    record Trajectories() implements FigureSpec {
        @Override
        public String name() {
            return "trajectories";
        }
    }

    /** What the network says along its one input, and the examples. */
    record Line() implements FigureSpec {
        @Override
        public String name() {
            return "line";
        }
    }

    /** Norms of the layers' gradients at the start and after training, and the part of units that never fire. */
    record Gradients() implements FigureSpec {
        @Override
        public String name() {
            return "gradients";
        }
    }

    /**
     * Examples by the first two outputs of a layer, coloured by class.
     *
     * @param layer its name
     * @param pca whether by two principal components of the layer's outputs instead, where it has more than two, and beside them by two of the inputs
     */
    record Codes(String layer, boolean pca) implements FigureSpec {
        @Override
        public String name() {
            return "codes-" + layer;
        }
    }

    /**
     * Images as they are, and under them what the network makes of them where it gives back its input.
     *
     * @param count of images, from the beginning of the split
     */
    record Images(int count) implements FigureSpec {
        @Override
        public String name() {
            return "images";
        }
    }
}
