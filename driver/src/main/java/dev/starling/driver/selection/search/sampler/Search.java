package dev.starling.driver.selection.search.sampler;

import dev.starling.driver.selection.search.space.Flaw;
import dev.starling.driver.selection.search.space.Space;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** A way to search. */
public sealed interface Search {
    Sampler on(Space space, long seed);

    /** After how many trials there is nothing more; empty where there always is. */
    default OptionalInt trials(Space space) {
        return OptionalInt.empty();
    }

    /** Why a space cannot be searched in this way. */
    default Optional<Flaw> flaw(Space space) {
        return Optional.empty();
    }

    /** Every point once, the last parameter changing fastest. */
    record Grid() implements Search {
        private static final BigInteger MOST = BigInteger.valueOf(100_000);

        @Override
        public Sampler on(Space space, long seed) {
            return (trial, knowledge) -> space.point(trial);
        }

        @Override
        public OptionalInt trials(Space space) {
            return OptionalInt.of(space.points().orElseThrow().intValueExact());
        }

        @Override
        public Optional<Flaw> flaw(Space space) {
            Optional<BigInteger> points = space.points();
            if (points.isEmpty()) {
                return Optional.of(new Flaw(
                        "a grid over a range without steps",
                        "choice, integer or uniform with step, or search: random"));
            }
            return points.filter(n -> n.compareTo(MOST) > 0)
                    .map(n -> new Flaw(
                            String.format(Locale.ROOT, "a grid of %,d points", n),
                            String.format(Locale.ROOT, "at most %,d: fewer values, or search: random", MOST)));
        }
    }

    /** Every point independently of all others. */
    record Random() implements Search {
        @Override
        public Sampler on(Space space, long seed) {
            return (trial, knowledge) -> space.draw(new UniformSource(seed, trial));
        }
    }

    /** Points of a Sobol' sequence, more even than random ones. */
    record Sobol() implements Search {
        @Override
        public Sampler on(Space space, long seed) {
            return new SobolSampler(space, seed);
        }

        @Override
        public Optional<Flaw> flaw(Space space) {
            return space.size() <= SobolSampler.MOST_DIMENSIONS
                    ? Optional.empty()
                    : Optional.of(new Flaw(
                            "a Sobol sequence of " + space.size() + " parameters",
                            "at most " + SobolSampler.MOST_DIMENSIONS));
        }
    }

    /** Where good results lie closer than bad ones: see {@link TpeSampler}. */
    record Tpe() implements Search {
        @Override
        public Sampler on(Space space, long seed) {
            return new TpeSampler(space, seed);
        }
    }
}
