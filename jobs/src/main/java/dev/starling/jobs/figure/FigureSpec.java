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
     */
    record Codes(String layer) implements FigureSpec {
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
