package dev.starling.driver.selection.search.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.selection.search.sampler.Knowledge.Observation;
import dev.starling.driver.selection.search.space.Choice;
import dev.starling.driver.selection.search.space.Dimension;
import dev.starling.driver.selection.search.space.Parameter;
import dev.starling.driver.selection.search.space.Point;
import dev.starling.driver.selection.search.space.Setting;
import dev.starling.driver.selection.search.space.Space;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplersTest {
    private static final Space SQUARE = new Space(List.of(unit("x"), unit("y")));

    private static Parameter unit(String path) {
        return new Parameter(path, new Dimension.Uniform(0, 1, OptionalDouble.empty()));
    }

    private static Choice.Option option(String name, Parameter... inner) {
        return new Choice.Option(name, name, List.of(inner));
    }

    private static double x(Point point, String path) {
        return ((Setting.Real) point.settings().get(path)).value();
    }

    /** Trials one after the other, as with one slot. */
    private static List<Observation> search(
            Search search, Space space, long seed, int trials, ToDoubleFunction<Point> loss) {
        Sampler sampler = search.on(space, seed);
        List<Observation> told = new ArrayList<>();
        for (int i = 0; i < trials; i++) {
            Point point = sampler.sample(i, new Knowledge(told, List.of()));
            told.add(new Observation(point, loss.applyAsDouble(point)));
        }
        return told;
    }

    static List<Search> searches() {
        return List.of(new Search.Random(), new Search.Sobol(), new Search.Tpe());
    }

    @ParameterizedTest
    @MethodSource("searches")
    void theSameSeedGivesTheSamePointsAndAnotherOneOthers(Search search) {
        List<Observation> once = search(search, SQUARE, 7, 40, p -> x(p, "x"));

        assertThat(search(search, SQUARE, 7, 40, p -> x(p, "x"))).isEqualTo(once);
        assertThat(search(search, SQUARE, 8, 40, p -> x(p, "x"))).doesNotContainAnyElementsOf(once);
    }

    @Test
    void aSobolSequenceFillsEveryCellOfEveryEqualDivisionOnce() {
        List<Point> points = search(new Search.Sobol(), SQUARE, 3, 64, p -> 0).stream()
                .map(Observation::point)
                .toList();

        for (int columns = 1; columns <= 64; columns *= 2) {
            Set<Integer> cells = new HashSet<>();
            for (Point point : points) {
                int rows = 64 / columns;
                int column = (int) (x(point, "x") * columns);
                int row = (int) (x(point, "y") * rows);
                cells.add(column * rows + row);
            }
            assertThat(cells).as("%d columns", columns).hasSize(64);
        }
    }

    @Test
    void aGridRefusesWhatCannotBeCountedAndWhatIsTooLarge() {
        List<Parameter> many = IntStream.range(0, 5)
                .mapToObj(i -> new Parameter("p" + i, new Dimension.Whole(1, 30, 1, false)))
                .toList();

        assertThat(new Search.Grid().flaw(SQUARE).orElseThrow().found()).isEqualTo("a grid over a range without steps");
        assertThat(new Search.Grid().flaw(new Space(many)).orElseThrow().found())
                .isEqualTo("a grid of 24,300,000 points");
        assertThat(new Search.Grid().trials(new Space(many.subList(0, 2)))).hasValue(900);
    }

    /** A narrow valley: random points seldom fall into it. */
    private static double valley(Point point) {
        return Math.abs(x(point, "x") - 0.3) + Math.abs(x(point, "y") - 0.6);
    }

    @Test
    void tpeConcentratesWhereResultsAreGood() {
        double tpe = 0;
        double random = 0;
        for (int seed = 0; seed < 10; seed++) {
            tpe += best(search(new Search.Tpe(), SQUARE, seed, 60, SamplersTest::valley));
            random += best(search(new Search.Random(), SQUARE, seed, 60, SamplersTest::valley));
        }

        assertThat(tpe).isLessThan(0.5 * random);
    }

    private static double best(List<Observation> told) {
        return told.stream().mapToDouble(Observation::loss).min().orElseThrow();
    }

    @Test
    void tpeLearnsWhichOptionIsGoodAndWhatToSetInIt() {
        Choice kind =
                new Choice(List.of(option("good", unit("good.x")), option("bad", unit("bad.x")), option("plain")));
        Space space = new Space(List.of(new Parameter("kind", kind)));
        ToDoubleFunction<Point> loss = p -> switch (p.settings().get("kind").label()) {
            case "good" -> Math.abs(x(p, "good.x") - 0.8);
            case "bad" -> 1 + x(p, "bad.x");
            default -> 1.5;
        };

        List<Observation> told = search(new Search.Tpe(), space, 1, 100, loss);
        List<Observation> late = told.subList(50, 100);

        assertThat(late.stream().filter(o -> o.loss() < 1)).hasSizeGreaterThan(40);
        assertThat(best(told)).isLessThan(0.01);
        assertThat(told).allMatch(o -> o.point().settings().size() == (o.loss() == 1.5 ? 1 : 2));
    }

    @Test
    void tpeAvoidsWhatFails() {
        List<Observation> told =
                search(new Search.Tpe(), SQUARE, 5, 100, p -> x(p, "x") > 0.5 ? Double.POSITIVE_INFINITY : x(p, "y"));

        assertThat(told.subList(50, 100).stream().filter(o -> Double.isInfinite(o.loss())))
                .hasSizeLessThan(10);
    }

    @Test
    void runningTrialsKeepParallelOnesApart() {
        List<Observation> told = search(new Search.Tpe(), SQUARE, 2, 40, SamplersTest::valley);
        Sampler tpe = new Search.Tpe().on(SQUARE, 2);
        List<Point> alone = new ArrayList<>();
        List<Point> aware = new ArrayList<>();
        for (int trial = 40; trial < 80; trial++) {
            alone.add(tpe.sample(trial, new Knowledge(told, List.of())));
            aware.add(tpe.sample(trial, new Knowledge(told, aware)));
        }

        assertThat(spread(aware)).isGreaterThan(1.2 * spread(alone));
    }

    /** Mean distance to the nearest other point. */
    private static double spread(List<Point> points) {
        return points.stream()
                .mapToDouble(a -> points.stream()
                        .filter(b -> !b.equals(a))
                        .mapToDouble(b -> Math.hypot(x(a, "x") - x(b, "x"), x(a, "y") - x(b, "y")))
                        .min()
                        .orElseThrow())
                .average()
                .orElseThrow();
    }

    @Test
    void tpeTriesNoPointTwiceAsLongAsThereAreOthers() {
        Space space = new Space(List.of(
                new Parameter("a", new Dimension.Whole(1, 5, 1, false)),
                new Parameter("b", new Choice(List.of(option("u"), option("v"), option("w"), option("z"))))));

        List<Observation> told = search(new Search.Tpe(), space, 4, 20, p -> ((Setting.Whole)
                        p.settings().get("a"))
                .value());

        assertThat(told.stream().map(Observation::point).distinct()).hasSize(20);
    }

    @Test
    void startingPointsComeFirstAndWhatTheyLeaveOpenIsDrawn() {
        Sampler sampler = new StartingPoints(
                List.of(Map.of("x", new Setting.Real(0.25)), Map.of()), new Search.Sobol().on(SQUARE, 1), SQUARE, 1);

        assertThat(x(sampler.sample(0, Knowledge.NOTHING), "x")).isEqualTo(0.25);
        assertThat(sampler.sample(1, Knowledge.NOTHING)).isNotEqualTo(sampler.sample(0, Knowledge.NOTHING));
        assertThat(sampler.sample(2, Knowledge.NOTHING))
                .isEqualTo(new Search.Sobol().on(SQUARE, 1).sample(0, Knowledge.NOTHING));
    }
}
