package dev.starling.driver.selection.search.sampler;

import dev.starling.driver.selection.search.sampler.Knowledge.Observation;
import dev.starling.driver.selection.search.space.Group;
import dev.starling.driver.selection.search.space.Point;
import dev.starling.driver.selection.search.space.Setting;
import dev.starling.driver.selection.search.space.Space;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The tree-structured Parzen estimator: the best tenth of the results and the others each become a density over the space, and of some points drawn from the first the one is taken that
 * is most likely under it and least under the second. Parameters of a group are drawn together, each kernel over all of them (multivariate); those of an option learn from the trials
 * that chose it. Running trials count among the worse (a constant liar), so that parallel ones spread; so do failed ones. Where points can be counted, none is tried twice as long as
 * there are others.
 *
 * <p>Sources: Bergstra, Bardenet, Bengio, Kégl, "Algorithms for Hyper-Parameter Optimization", NIPS 2011; the sizes and weights of Optuna ({@code TPESampler} with
 * {@code multivariate=True, group=True, constant_liar=True}), described in Watanabe, "Tree-Structured Parzen Estimator", arXiv 2304.11127.
 */
final class TpeSampler implements Sampler {
    private static final int STARTUP = 10;
    private static final int CANDIDATES = 24;
    private static final int MOST_GOOD = 25;
    /** Older ones weigh least, and the time for a point is to stay below milliseconds. */
    private static final int MOST_OTHERS = 500;

    private static final int ATTEMPTS = 10;
    private static final int ATTEMPTS_BY_CHANCE = 100;
    private static final BigInteger COUNTABLE = BigInteger.valueOf(1_000_000);

    private final Space space;
    private final long seed;
    private final boolean countable;

    TpeSampler(Space space, long seed) {
        this.space = space;
        this.seed = seed;
        this.countable = space.points().filter(n -> n.compareTo(COUNTABLE) <= 0).isPresent();
    }

    @Override
    public Point sample(int trial, Knowledge knowledge) {
        SplittableRandom random = UniformSource.random(seed, trial);
        Map<Integer, Densities> known = new HashMap<>();
        Space.Source source = knowledge.told().size() < STARTUP
                ? new UniformSource(random)
                : group -> known.computeIfAbsent(group.number(), n -> Densities.of(group, knowledge))
                        .choose(random);
        Point point = space.draw(source);
        if (!countable) {
            return point;
        }
        Set<Point> tried = new HashSet<>(knowledge.running());
        knowledge.told().forEach(o -> tried.add(o.point()));
        // At last by chance: a density may have shrunk to what was tried, as it has where very much was.
        int attempts = knowledge.told().size() > MOST_OTHERS ? 1 : ATTEMPTS;
        for (int i = 1; i < attempts + ATTEMPTS_BY_CHANCE && tried.contains(point); i++) {
            point = space.draw(i < attempts ? source : new UniformSource(random));
        }
        return point;
    }

    /** Of a group's parameters. */
    private record Densities(ParzenMixture good, ParzenMixture others) {
        static Densities of(Group group, Knowledge knowledge) {
            List<Observation> told = knowledge.told().stream()
                    .filter(o -> group.existsAt(o.point()))
                    .toList();
            List<Observation> ranked = told.stream()
                    .sorted(Comparator.comparingDouble(Observation::loss))
                    .toList();
            List<Observation> best = ranked.subList(0, countOfGood(told.size()));
            Set<Observation> good = Collections.newSetFromMap(new IdentityHashMap<>());
            good.addAll(best);
            List<Point> others = Stream.concat(
                            told.stream().filter(o -> !good.contains(o)).map(Observation::point),
                            knowledge.running().stream().filter(group::existsAt))
                    .toList();
            List<Point> newest = others.subList(Math.max(0, others.size() - MOST_OTHERS), others.size());
            return new Densities(
                    ParzenMixture.of(
                            group, best.stream().map(Observation::point).toList()),
                    ParzenMixture.of(group, newest));
        }

        List<Setting> choose(SplittableRandom random) {
            List<Setting> best = new ArrayList<>();
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < CANDIDATES; i++) {
                List<Setting> candidate = good.draw(random);
                double gain = good.logDensity(candidate) - others.logDensity(candidate);
                if (gain > most || best.isEmpty()) {
                    best = candidate;
                    most = gain;
                }
            }
            return best;
        }
    }

    private static int countOfGood(int told) {
        return Math.min((told + 9) / 10, MOST_GOOD);
    }
}
