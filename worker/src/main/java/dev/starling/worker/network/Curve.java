package dev.starling.worker.network;

/** A function of one number with its derivative, in double precision; not differentiable at kinks, where it takes the left one. */
public interface Curve {
    double value(double x);

    /** The derivative at x. */
    double slope(double x);
}
