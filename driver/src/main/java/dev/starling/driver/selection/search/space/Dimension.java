package dev.starling.driver.selection.search.space;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The values that one parameter may take, laid out on [0, 1]: a continuous one by its share of the range (or of the range's logarithm), a discrete one by cells of
 * equal width (or of the width of their logarithm).
 */
public sealed interface Dimension permits Dimension.Uniform, Dimension.LogUniform, Dimension.Whole, Choice {
    /** The value at a place of [0, 1]; 1 gives the last. */
    Setting at(double unit);

    /** Where a value lies on [0, 1]. */
    Cell cell(Setting setting);

    /** How many values there are; empty where they are continuous. */
    Optional<BigInteger> levels();

    /** The value with this number, from 0 to below {@link #levels}. */
    Setting level(long index);

    /** The value that is told so, as {@link Setting#label} or {@link Setting#text} tells it; empty if it is none of this dimension. */
    Optional<Setting> parse(String text);

    /** As an experiment writes it. */
    String describe();

    /**
     * From low to high, all equally likely.
     *
     * @param step from low on; empty where every number may come
     */
    record Uniform(double low, double high, OptionalDouble step) implements Dimension {
        public Uniform {
            Ranges.require(flaw(low, high, step));
        }

        public static Optional<Flaw> flaw(double low, double high, OptionalDouble step) {
            String found = Ranges.written("uniform", low, high, step);
            if (step.isPresent() && !(step.getAsDouble() > 0)) {
                return Optional.of(new Flaw(found, "a step above 0"));
            }
            return Ranges.flaw(found, low, high);
        }

        @Override
        public Setting at(double unit) {
            return step.isPresent()
                    ? level(Ranges.cellOf(unit, count()))
                    : new Setting.Real(Math.min(high, low + unit * (high - low)));
        }

        @Override
        public Cell cell(Setting setting) {
            double value = ((Setting.Real) setting).value();
            return step.isPresent()
                    ? Cell.ofLevel(Math.round((value - low) / step.getAsDouble()), count())
                    : Cell.point((value - low) / (high - low));
        }

        @Override
        public Optional<BigInteger> levels() {
            return step.isPresent() ? Optional.of(BigInteger.valueOf(count())) : Optional.empty();
        }

        /** In decimals, so that 0.1 + 2 · 0.1 is 0.3. */
        @Override
        public Setting level(long index) {
            BigDecimal offset = BigDecimal.valueOf(step.orElseThrow()).multiply(BigDecimal.valueOf(index));
            return new Setting.Real(BigDecimal.valueOf(low).add(offset).doubleValue());
        }

        /** The last step may miss high by rounding alone. */
        private long count() {
            return (long) Math.floor((high - low) / step.orElseThrow() + 1e-9) + 1;
        }

        @Override
        public Optional<Setting> parse(String text) {
            return Ranges.number(text)
                    .filter(x -> x >= low && x <= high)
                    .<Setting>map(Setting.Real::new)
                    .filter(x -> step.isEmpty() || at(cell(x).centre()).equals(x));
        }

        @Override
        public String describe() {
            return Ranges.written("uniform", low, high, step);
        }
    }

    /** From low to high, all orders of magnitude equally likely; continuous. */
    record LogUniform(double low, double high) implements Dimension {
        public LogUniform {
            Ranges.require(flaw(low, high));
        }

        public static Optional<Flaw> flaw(double low, double high) {
            String found = Ranges.written("logUniform", low, high, OptionalDouble.empty());
            return low > 0 ? Ranges.flaw(found, low, high) : Optional.of(new Flaw(found, "bounds above 0"));
        }

        @Override
        public Setting at(double unit) {
            double value = low * Math.pow(high / low, unit);
            return new Setting.Real(Math.max(low, Math.min(high, value)));
        }

        @Override
        public Cell cell(Setting setting) {
            return Cell.point(Math.log(((Setting.Real) setting).value() / low) / Math.log(high / low));
        }

        @Override
        public Optional<BigInteger> levels() {
            return Optional.empty();
        }

        @Override
        public Setting level(long index) {
            throw new IllegalStateException("Cannot count " + describe() + ": it is continuous");
        }

        @Override
        public Optional<Setting> parse(String text) {
            return Ranges.number(text).filter(x -> x >= low && x <= high).map(Setting.Real::new);
        }

        @Override
        public String describe() {
            return Ranges.written("logUniform", low, high, OptionalDouble.empty());
        }
    }

    /**
     * Whole numbers from low to high, both of them.
     *
     * @param step from low on; 1 with log
     * @param log whether all orders of magnitude are equally likely
     */
    record Whole(long low, long high, long step, boolean log) implements Dimension {
        public Whole {
            Ranges.require(flaw(low, high, step, log));
        }

        public static Optional<Flaw> flaw(long low, long high, long step, boolean log) {
            String found = "integer [" + low + ", " + high + "]" + (step == 1 ? "" : " in steps of " + step);
            if (log && low < 1) {
                return Optional.of(new Flaw(found + " with log", "bounds of at least 1"));
            }
            if (step < 1 || (log && step != 1)) {
                return Optional.of(new Flaw(found, log ? "no step beside log" : "a step of at least 1"));
            }
            return Ranges.flaw(found, (double) low, (double) high);
        }

        @Override
        public Setting at(double unit) {
            if (!log) {
                return level(Ranges.cellOf(unit, count()));
            }
            double value = Math.exp(Math.log(low - 0.5) + unit * Math.log((high + 0.5) / (low - 0.5)));
            return new Setting.Whole(Math.max(low, Math.min(high, Math.round(value))));
        }

        @Override
        public Cell cell(Setting setting) {
            long value = ((Setting.Whole) setting).value();
            return log ? new Cell(share(value - 0.5), share(value + 0.5)) : Cell.ofLevel((value - low) / step, count());
        }

        private double share(double value) {
            return Math.log(value / (low - 0.5)) / Math.log((high + 0.5) / (low - 0.5));
        }

        private long count() {
            return (high - low) / step + 1;
        }

        @Override
        public Optional<BigInteger> levels() {
            return Optional.of(BigInteger.valueOf(count()));
        }

        @Override
        public Setting level(long index) {
            return new Setting.Whole(low + index * step);
        }

        @Override
        public Optional<Setting> parse(String text) {
            return Ranges.number(text)
                    .filter(x -> x >= low && x <= high && x == Math.rint(x) && (x - low) % step == 0)
                    .map(x -> new Setting.Whole(x.longValue()));
        }

        @Override
        public String describe() {
            return "integer [" + low + ", " + high + "]" + (step == 1 ? "" : " in steps of " + step)
                    + (log ? " with log" : "");
        }
    }
}
