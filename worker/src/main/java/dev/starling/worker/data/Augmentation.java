package dev.starling.worker.data;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.network.Shape;
import java.io.Serializable;

/**
 * How training examples are changed anew whenever they are presented; validation and test examples never are. An image is mirrored, rotated about its centre, zoomed about it and shifted, in this order;
 * values between pixels are interpolated linearly, values outside are those of the nearest pixel of the edge, as Keras's {@code fill_mode: nearest}. Noise is added last.
 *
 * @param rotate degrees ≥ 0: the angle is uniform in [−rotate, rotate]
 * @param shift fraction of height and of width, ≥ 0: each way is uniform in [−shift, shift] of its size
 * @param mirror across which axes, each time with probability ½
 * @param zoom in [0, 1): the factor, for both axes, is uniform in [1 − zoom, 1 + zoom]; above 1 enlarges
 * @param noise standard deviation ≥ 0 of a normal variable that is added to each value as the network sees it (scaled); for inputs of any shape
 */
public record Augmentation(double rotate, double shift, Mirror mirror, double zoom, double noise)
        implements Serializable {
    public static final Augmentation NONE = new Augmentation(0, 0, Mirror.NONE, 0, 0);

    /** The axes of Keras's {@code RandomFlip}: horizontal exchanges left and right. */
    public enum Mirror {
        NONE,
        HORIZONTAL,
        VERTICAL,
        BOTH;

        boolean exchangesLeftAndRight() {
            return this == HORIZONTAL || this == BOTH;
        }

        boolean exchangesTopAndBottom() {
            return this == VERTICAL || this == BOTH;
        }
    }

    public boolean isNone() {
        return equals(NONE);
    }

    /** Whether pixels change their places. */
    public boolean moves() {
        return rotate != 0 || shift != 0 || mirror != Mirror.NONE || zoom != 0;
    }

    /** @throws InvalidInput if there are no places of pixels to change */
    public void check(Shape input) {
        if (moves() && !(input instanceof Shape.Image)) {
            throw new InvalidInput("Cannot rotate, shift, mirror or zoom inputs of shape " + input.dimensions()
                    + " (expected [height, width, channels]; noise goes with any shape)");
        }
    }
}
