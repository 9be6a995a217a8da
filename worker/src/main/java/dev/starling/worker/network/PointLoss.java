package dev.starling.worker.network;

/** A loss of one output against its target, with its derivative by the output, in double precision. */
public interface PointLoss {
    double value(double output, double target);

    /** The derivative by the output; at kinks the one of the side where nothing is lost. */
    double slope(double output, double target);
}
