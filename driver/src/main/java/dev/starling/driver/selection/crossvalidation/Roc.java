package dev.starling.driver.selection.crossvalidation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Receiver operating characteristic of two classes, the second being the positive one.
 *
 * @param points from (0, 0) to (1, 1), a point per different score, from the highest
 * @param auc the area under them
 */
public record Roc(List<Point> points, double auc) {
    public Roc {
        points = List.copyOf(points);
    }

    /** Shares, in [0, 1], of the negatives and of the positives that score at least so high. */
    public record Point(double falsePositives, double truePositives) {}

    /** Scores as they come. */
    static final class Points {
        private record Score(float value, boolean positive) {}

        private final List<Score> scores = new ArrayList<>();

        void add(float value, boolean positive) {
            scores.add(new Score(value, positive));
        }

        /** Empty where there are not both positives and negatives. */
        Optional<Roc> roc() {
            long positives = scores.stream().filter(Score::positive).count();
            long negatives = scores.size() - positives;
            if (positives == 0 || negatives == 0) {
                return Optional.empty();
            }
            List<Score> sorted = new ArrayList<>(scores);
            sorted.sort(Comparator.comparingDouble((Score score) -> -score.value()));
            List<Point> points = new ArrayList<>(List.of(new Point(0, 0)));
            double area = 0;
            long above = 0;
            long wrongAbove = 0;
            for (int i = 0; i < sorted.size(); i++) {
                above += sorted.get(i).positive() ? 1 : 0;
                wrongAbove += sorted.get(i).positive() ? 0 : 1;
                boolean last = i + 1 == sorted.size()
                        || sorted.get(i + 1).value() != sorted.get(i).value();
                if (last) {
                    Point before = points.get(points.size() - 1);
                    Point point = new Point((double) wrongAbove / negatives, (double) above / positives);
                    area += (point.falsePositives - before.falsePositives)
                            * (point.truePositives + before.truePositives)
                            / 2;
                    points.add(point);
                }
            }
            return Optional.of(new Roc(points, area));
        }
    }
}
