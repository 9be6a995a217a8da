package dev.starling.driver.selection.search.space;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** One of several options, all equally likely. */
public record Choice(List<Option> options) implements Dimension {
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?(?![\\w.])");

    public Choice {
        options = List.copyOf(options);
        Ranges.require(flaw(options));
    }

    public static Optional<Flaw> flaw(List<Option> options) {
        Set<String> labels = new HashSet<>();
        for (Option option : options) {
            if (!labels.add(option.label())) {
                return Optional.of(new Flaw("choice of " + option.label() + " twice", "every option once"));
            }
        }
        return options.isEmpty() ? Optional.of(new Flaw("choice of nothing", "options")) : Optional.empty();
    }

    @Override
    public Setting at(double unit) {
        return level(Ranges.cellOf(unit, options.size()));
    }

    @Override
    public Cell cell(Setting setting) {
        return Cell.ofLevel(((Setting.Chosen) setting).index(), options.size());
    }

    @Override
    public Optional<BigInteger> levels() {
        return Optional.of(BigInteger.valueOf(options.size()));
    }

    @Override
    public Setting level(long index) {
        Option option = options.get((int) index);
        return new Setting.Chosen((int) index, option.label(), option.text());
    }

    @Override
    public Optional<Setting> parse(String text) {
        return find(o -> o.label().equals(text) || o.text().equals(text))
                .or(() -> find(o -> plain(o.label()).equals(plain(text))));
    }

    private Optional<Setting> find(Predicate<Option> wanted) {
        for (int i = 0; i < options.size(); i++) {
            if (wanted.test(options.get(i))) {
                return Optional.of(level(i));
            }
        }
        return Optional.empty();
    }

    /** With every number in one way of writing: an experiment that was written out again tells 1e30 as 1.0E30. */
    private static String plain(String text) {
        return NUMBER.matcher(text).replaceAll(number -> String.valueOf(Double.parseDouble(number.group())));
    }

    @Override
    public String describe() {
        return "choice " + options.stream().map(Option::label).toList();
    }

    /**
     * What may be chosen.
     *
     * @param label how results tell it; of one choice all differ
     * @param text what the experiment gets, as {@code --set} takes it
     * @param inner parameters that exist only with this option, set after it
     */
    public record Option(String label, String text, List<Parameter> inner) {
        public Option {
            inner = List.copyOf(inner);
        }
    }
}
