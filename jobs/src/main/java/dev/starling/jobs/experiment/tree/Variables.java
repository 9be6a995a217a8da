package dev.starling.jobs.experiment.tree;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code ${NAME}} and {@code ${NAME:-default}} (as the shell: the default also where the variable is empty) in values. */
final class Variables {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(:-(?<default>[^${}]*))?}");
    private static final String OPENING = "${";

    private final Map<String, String> environment;

    Variables(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** What became of a text. */
    sealed interface Expansion {
        /** Replaced; {@code whole} if the text was one reference and nothing else, so that quotes around it do not make it text. */
        record Expanded(String text, boolean whole) implements Expansion {}

        record Unset(String name) implements Expansion {}

        /** Something that begins as a reference but is none. */
        record Malformed() implements Expansion {}
    }

    static boolean mentionedIn(String text) {
        return text.contains(OPENING);
    }

    Expansion expand(String text) {
        if (REFERENCE.matcher(text).replaceAll("").contains(OPENING)) {
            return new Expansion.Malformed();
        }
        List<MatchResult> references = REFERENCE.matcher(text).results().toList();
        for (MatchResult reference : references) {
            if (reference.group(2) == null && !environment.containsKey(reference.group(1))) {
                return new Expansion.Unset(reference.group(1));
            }
        }
        Matcher matcher = REFERENCE.matcher(text);
        boolean whole = matcher.matches();
        String expanded = matcher.reset().replaceAll(found -> Matcher.quoteReplacement(value(found)));
        return new Expansion.Expanded(expanded, whole);
    }

    private String value(MatchResult reference) {
        String value = environment.getOrDefault(reference.group(1), "");
        return value.isEmpty() && reference.group(2) != null ? reference.group(3) : value;
    }
}
