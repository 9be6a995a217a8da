package dev.starling.driver.data;

import dev.starling.worker.Problems;
import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Scale;
import dev.starling.worker.data.Target;
import dev.starling.worker.network.Shape;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a scan found of raw data, and all that fitting and encoding their rows need beside the blocks. Immutable; shipped to tasks.
 *
 * @param fillsMissing whether a missing number becomes the mean
 * @param classes in order; none where the target is not classes
 * @param products of features, by their names, that become features, too
 * @param shapes of one example, where the files give one: none or one
 * @param firstRows per block, the number of its first row in the whole data; then the number of all rows
 */
record RawFacts(
        Schema schema,
        boolean fillsMissing,
        Target.Classes classes,
        List<List<String>> products,
        List<Shape> shapes,
        int[] firstRows)
        implements Serializable {
    RawFacts {
        shapes = List.copyOf(shapes);
    }

    static RawFacts of(Scan scan, Target.Classes classes, List<List<String>> products) {
        Dataset dataset = scan.dataset();
        int[] firstRows = new int[scan.facts().size() + 1];
        for (int block = 0; block + 1 < firstRows.length; block++) {
            firstRows[block + 1] =
                    Math.addExact(firstRows[block], scan.facts().get(block).rows());
        }
        return new RawFacts(
                dataset.schema(),
                dataset.parts().stream().anyMatch(part -> part.plan().fillsMissing()),
                classes,
                products,
                dataset.train().plan().shape().stream().toList(),
                firstRows);
    }

    int rows() {
        return firstRows[firstRows.length - 1];
    }

    /**
     * Fits.
     *
     * @param pass over the training rows
     * @param declared the network's input, which the features must fill
     * @return empty, and problems added, where that cannot be
     */
    Optional<Preparation> fit(
            Fitter.Pass pass, Scale scale, Scale targetScale, Optional<Shape> declared, Problems problems) {
        Fitter fitter = Fitter.fit(pass, schema, scale, targetScale, fillsMissing);
        List<Feature> features = new ArrayList<>(fitter.features(scale, problems));
        features.addAll(products(features, problems));
        int width = features.stream().mapToInt(Feature::width).sum();
        if (width == 0) {
            problems.add("Cannot prepare the data: the features have no values in the training rows (expected some)");
            return Optional.empty();
        }
        Shape shape = declared.orElseGet(() -> shapes.stream().findFirst().orElseGet(() -> new Shape.Flat(width)));
        if (shape.size() != width) {
            problems.add("Cannot use network.input " + shape.dimensions() + ", which is " + shape.size()
                    + " numbers: the data give " + width + " per example (expected as many)");
            return Optional.empty();
        }
        return Optional.of(new Preparation(shape, features, fitter.target(targetScale, classes)));
    }

    private List<Feature> products(List<Feature> features, Problems problems) {
        List<String> names = features.stream()
                .map(feature -> feature instanceof Feature.Numeric ? feature.name() : "")
                .toList();
        List<Feature> found = new ArrayList<>();
        for (List<String> product : products) {
            List<Integer> factors = product.stream().map(names::indexOf).toList();
            if (factors.contains(-1)) {
                String unknown = product.get(factors.indexOf(-1));
                problems.add("Cannot multiply '" + unknown + "' for data.products: it is no numeric input (expected "
                        + String.join(
                                ", ",
                                names.stream().filter(name -> !name.isEmpty()).toList()) + ")");
            } else {
                found.add(Feature.Product.of(product, factors));
            }
        }
        return found;
    }
}
