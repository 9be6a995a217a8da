package dev.starling.worker.gang;

import dev.starling.worker.gang.TrainingSpec.EarlyStopping;
import dev.starling.worker.memory.FlatVector;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How training went, epoch by epoch, the same in every replica: what each came to, and for early stopping the best one's parameters. */
final class Course {
    private final Optional<EarlyStopping> rule;
    private final Optional<Patience> patience;
    private final List<EpochReport> history = new ArrayList<>();
    private Optional<FlatVector> best = Optional.empty();

    Course(Optional<EarlyStopping> rule) {
        this.rule = rule;
        this.patience = rule.map(Patience::new);
    }

    /**
     * Takes an epoch.
     *
     * @param parameters after it
     * @return whether early stopping ends training
     */
    boolean add(EpochReport report, FlatVector parameters) {
        history.add(report);
        if (patience.isEmpty()) {
            return false;
        }
        boolean better = patience.get().observe(report);
        if (better && rule.orElseThrow().restoreBest()) {
            best(parameters.length()).set(parameters);
        }
        return patience.get().isExhausted();
    }

    /** An epoch that somebody stopped, in which nothing is decided any more. */
    void addStopped(EpochReport report) {
        history.add(report);
    }

    List<EpochReport> history() {
        return history;
    }

    /** Where early stopping restores them and there was an epoch. */
    Optional<FlatVector> best() {
        return best;
    }

    private FlatVector best(int length) {
        if (best.isEmpty()) {
            best = Optional.of(FlatVector.allocate(length));
        }
        return best.get();
    }

    /** For a checkpoint; the best parameters go as a vector. */
    void write(DataOutputStream out) throws IOException {
        ReportCodec.write(out, history);
        if (patience.isPresent()) {
            patience.get().write(out);
        }
        out.writeInt(best.map(FlatVector::length).orElse(0));
    }

    void read(DataInputStream in) throws IOException {
        history.addAll(ReportCodec.readHistory(in));
        if (patience.isPresent()) {
            patience.get().read(in);
        }
        int length = in.readInt();
        if (length > 0) {
            best(length);
        }
    }
}
