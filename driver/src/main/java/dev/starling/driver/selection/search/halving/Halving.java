package dev.starling.driver.selection.search.halving;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Asynchronous successive halving in one bracket or several. Higher rungs are served first, so that good trials do not wait. */
final class Halving implements Course {
    private final Brackets brackets;
    private final List<List<Rung>> rungs = new ArrayList<>();

    Halving(Brackets brackets, int reduction) {
        this.brackets = brackets;
        for (List<Integer> bracket : brackets.rungs()) {
            rungs.add(
                    bracket.stream().map(epochs -> new Rung(epochs, reduction)).toList());
        }
    }

    @Override
    public int first(int trial) {
        return rungs.get(brackets.bracketOf(trial)).get(0).epochs();
    }

    @Override
    public Verdict reached(int trial, int epochs, double[] losses) {
        List<Rung> bracket = rungs.get(brackets.bracketOf(trial));
        int at = indexOf(bracket, epochs);
        boolean ends = at == bracket.size() - 1 || losses.length < epochs;
        bracket.get(at).add(trial, Arrays.stream(losses).min().orElseThrow(), ends);
        return ends ? Verdict.FINISHED : Verdict.PAUSED;
    }

    private static int indexOf(List<Rung> bracket, int epochs) {
        for (int i = 0; i < bracket.size(); i++) {
            if (bracket.get(i).epochs() == epochs) {
                return i;
            }
        }
        throw new IllegalStateException("Cannot take a result after " + epochs + " epochs: no rung of its bracket");
    }

    @Override
    public Optional<Stage> next() {
        for (List<Rung> bracket : rungs) {
            for (int i = bracket.size() - 2; i >= 0; i--) {
                int to = bracket.get(i + 1).epochs();
                Optional<Stage> stage = bracket.get(i).best().map(trial -> new Stage(trial, to));
                if (stage.isPresent()) {
                    return stage;
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void resumed(Stage stage) {
        List<Rung> bracket = rungs.get(brackets.bracketOf(stage.trial()));
        bracket.get(indexOf(bracket, stage.to()) - 1).leave(stage.trial());
    }
}
