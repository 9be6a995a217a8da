package dev.starling.driver.selection.search.space;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One of several options, all equally likely. */
public record Choice(List<Option> options) implements Dimension {
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
        for (int i = 0; i < options.size(); i++) {
            if (options.get(i).label().equals(text) || options.get(i).text().equals(text)) {
                return Optional.of(level(i));
            }
        }
        return Optional.empty();
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
