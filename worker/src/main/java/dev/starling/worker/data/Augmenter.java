package dev.starling.worker.data;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Shape;

/**
 * Changes examples in place, each by random numbers of its own: they come from a counter that is mixed (SplitMix64), begun by the example's seed, so that what becomes of an example depends on neither its batch nor
 * its replica. Nothing is allocated after its making. Not thread-safe.
 */
public final class Augmenter {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1p-53;

    private final Augmentation augmentation;
    private final int size;
    private final int height;
    private final int width;
    private final int channels;
    private final float[] from;
    private final float[] to;
    private long state;

    /** @param input shape of an example, which the augmentation fits */
    public Augmenter(Augmentation augmentation, Shape input) {
        augmentation.check(input);
        this.augmentation = augmentation;
        this.size = input.size();
        boolean image = input instanceof Shape.Image;
        this.height = image ? ((Shape.Image) input).height() : 1;
        this.width = image ? ((Shape.Image) input).width() : 1;
        this.channels = size / (height * width);
        this.from = new float[size];
        this.to = new float[size];
    }

    /**
     * Moves the pixels of an example.
     *
     * @param examples whose floats from {@code at} are the example, channels first
     * @param seed of this example in this epoch
     */
    public void move(FlatVector examples, int at, long seed) {
        state = seed;
        double angle = Math.toRadians(augmentation.rotate() * symmetric());
        double zoom = 1 + augmentation.zoom() * symmetric();
        double right = augmentation.shift() * width * symmetric();
        double down = augmentation.shift() * height * symmetric();
        boolean across = uniform() < 0.5 && augmentation.mirror().exchangesLeftAndRight();
        boolean over = uniform() < 0.5 && augmentation.mirror().exchangesTopAndBottom();
        examples.get(at, from, 0, size);
        warp(new Way(angle, zoom, right, down, across, over));
        examples.set(at, to, 0, size);
    }

    /** Adds noise to an example; its random numbers are others than those of {@link #move}. */
    public void blur(FlatVector examples, int at, long seed) {
        state = ~seed;
        examples.get(at, from, 0, size);
        for (int i = 0; i < size; i += 2) {
            // Box and Muller, 1958: two normal variables from two uniform ones.
            double radius = augmentation.noise() * Math.sqrt(-2 * Math.log(1 - uniform()));
            double angle = 2 * Math.PI * uniform();
            from[i] += (float) (radius * Math.cos(angle));
            if (i + 1 < size) {
                from[i + 1] += (float) (radius * Math.sin(angle));
            }
        }
        examples.set(at, from, 0, size);
    }

    /**
     * What is done to an image.
     *
     * @param angle radians, counter-clockwise as it is seen
     * @param zoom factor > 0
     * @param right pixels
     * @param down pixels
     * @param across whether left and right are exchanged, first of all
     * @param over whether top and bottom are
     */
    record Way(double angle, double zoom, double right, double down, boolean across, boolean over) {}

    /** For each pixel the place that it comes from: back by the shift, the zoom, the rotation and the mirror, about the image's centre. */
    private void warp(Way way) {
        double cos = Math.cos(way.angle) / way.zoom;
        double sin = Math.sin(way.angle) / way.zoom;
        double middleX = (width - 1) / 2.0;
        double middleY = (height - 1) / 2.0;
        double signX = way.across ? -1 : 1;
        double signY = way.over ? -1 : 1;
        int area = height * width;
        for (int y = 0; y < height; y++) {
            double v = y - middleY - way.down;
            for (int x = 0; x < width; x++) {
                double u = x - middleX - way.right;
                double sourceX = Math.min(Math.max(middleX + signX * (cos * u - sin * v), 0), width - 1.0);
                double sourceY = Math.min(Math.max(middleY + signY * (sin * u + cos * v), 0), height - 1.0);
                int left = (int) sourceX;
                int top = (int) sourceY;
                int next = left + 1 < width ? 1 : 0;
                int below = top + 1 < height ? width : 0;
                float partX = (float) (sourceX - left);
                float partY = (float) (sourceY - top);
                int corner = top * width + left;
                for (int c = 0, i = y * width + x; c < channels; c++, i += area, corner += area) {
                    float upper = from[corner] + partX * (from[corner + next] - from[corner]);
                    float lower = from[corner + below] + partX * (from[corner + below + next] - from[corner + below]);
                    to[i] = upper + partY * (lower - upper);
                }
            }
        }
    }

    /** For tests: one way, chosen. */
    float[] moved(float[] image, Way way) {
        System.arraycopy(image, 0, from, 0, size);
        warp(way);
        return to.clone();
    }

    /** In [−1, 1). */
    private double symmetric() {
        return 2 * uniform() - 1;
    }

    /** In [0, 1), of 53 bits. */
    private double uniform() {
        state += GOLDEN;
        return (Seeds.mix(state) >>> 11) * UNIT;
    }
}
