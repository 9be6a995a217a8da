package dev.starling.worker.network;

import java.util.List;

/** The sum of its inputs, value by value; all have one shape. */
public record Add(String name) implements LayerSpec {
    @Override
    public String type() {
        return "add";
    }

    @Override
    public boolean joins() {
        return true;
    }

    @Override
    public Shape output(Shape input) {
        return input;
    }

    @Override
    public Shape output(List<Shape> inputs) {
        Shape first = inputs.get(0);
        for (Shape other : inputs) {
            if (!other.equals(first)) {
                throw Fit.misfit(
                        this,
                        "inputs of shapes " + first.dimensions() + " and " + other.dimensions(),
                        "the same shape of all");
            }
        }
        return first;
    }
}
