package dev.starling.worker.pseudolabels;

import dev.starling.worker.data.Seeds;
import dev.starling.worker.data.Seeds.Purpose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.Clusterable;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;

/**
 * Labels of training rows, those of their own and those of their clusters: k-means (k-means++, Lloyd) parts the inputs of all rows, each cluster has the label that most of its labelled rows have, and its
 * unlabelled rows get it, or those nearest its centre; rows of a cluster without a labelled row get none. Depends on the rows in their order and on the seed alone.
 *
 * @param labels per row, a class or {@link #NONE}; not copied
 * @param own rows that kept their own label
 * @param given rows that got their cluster's
 * @param right of these, how many had that label before it was taken from them; 0 where they never had one
 */
public record PseudoLabels(int[] labels, int own, int given, int right) {
    public static final int NONE = -1;

    /** A row to be clustered. */
    private record Row(int number, double[] point) implements Clusterable {
        @Override
        public double[] getPoint() {
            return point;
        }
    }

    /**
     * Labels the rows.
     *
     * @param inputs as the network sees them, in the order of the data; not changed
     * @param classOf per row, its class or {@link #NONE}
     * @param classes how many there are
     * @param spec fits the rows
     */
    public static PseudoLabels of(List<double[]> inputs, int[] classOf, int classes, PseudoLabelSpec spec) {
        int[] own = LabelledRows.of(classOf, classes, spec);
        int[] labels = own.clone();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            rows.add(new Row(i, inputs.get(i)));
        }
        KMeansPlusPlusClusterer<Row> means = new KMeansPlusPlusClusterer<>(
                spec.clusters(),
                spec.iterations(),
                new EuclideanDistance(),
                new Well19937c(Seeds.derive(spec.seed(), Purpose.CLUSTER)));
        for (CentroidCluster<Row> cluster : means.cluster(rows)) {
            label(cluster, own, classes, spec.nearest(), labels);
        }
        int kept = 0;
        int given = 0;
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            boolean pseudo = own[i] == NONE && labels[i] != NONE;
            kept += own[i] == NONE ? 0 : 1;
            given += pseudo ? 1 : 0;
            right += pseudo && labels[i] == classOf[i] ? 1 : 0;
        }
        return new PseudoLabels(labels, kept, given, right);
    }

    private static void label(CentroidCluster<Row> cluster, int[] own, int classes, double nearest, int[] labels) {
        int[] votes = new int[classes];
        List<Row> unlabelled = new ArrayList<>();
        for (Row row : cluster.getPoints()) {
            if (own[row.number] == NONE) {
                unlabelled.add(row);
            } else {
                votes[own[row.number]]++;
            }
        }
        int most = 0;
        for (int c = 1; c < classes; c++) {
            most = votes[c] > votes[most] ? c : most;
        }
        if (votes[most] == 0) {
            return;
        }
        double[] centre = cluster.getCenter().getPoint();
        EuclideanDistance distance = new EuclideanDistance();
        int label = most;
        unlabelled.stream()
                .sorted(Comparator.comparingDouble((Row row) -> distance.compute(row.point, centre))
                        .thenComparingInt(Row::number))
                .limit((long) Math.ceil(nearest * unlabelled.size()))
                .forEach(row -> labels[row.number] = label);
    }

    /** What a user is to know of them. */
    public String line() {
        int left = labels.length - own - given;
        return "pseudo-labels: " + own + " training rows with their own label, " + given + " with that of their cluster"
                + (right > 0 ? " (" + right + " of them the true one)" : "") + ", " + left + " left out";
    }
}
