package dev.starling.tests.search;

import dev.starling.driver.files.Journal;
import dev.starling.driver.files.StoreFiles;
import dev.starling.driver.selection.search.Assignment;
import dev.starling.driver.selection.search.EventJson;
import dev.starling.driver.selection.search.Measurement;
import dev.starling.driver.selection.search.SweepEvent;
import dev.starling.driver.selection.search.SweepPlanner;
import dev.starling.driver.selection.search.SweepPlanner.Answer;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.selection.search.TrialState;
import dev.starling.driver.selection.search.space.Point;
import dev.starling.driver.selection.search.space.Setting;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;

/**
 * A sweep with the real planner and the real journal, where only training is simulated: its time passes in a queue of events. The processor time that planner and journal take is measured and
 * passes, too, as slots that ask wait for each other; not the wall's, which is that of all who use the machine.
 */
final class Simulation {
    static final int EPOCHS = 27;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** A slot that is at work until a time. */
    private record Busy(double until, Assignment assignment) {}

    /** What is simulated. */
    interface Trainings {
        double secondsPerEpoch(int trial, Point point);

        /** The loss after very many epochs. */
        double floor(Point point);
    }

    private final SweepPlanner planner;
    private final Journal journal;
    private final int slots;
    private final Trainings trainings;
    private final SplittableRandom random = new SplittableRandom(1);
    private final PriorityQueue<Busy> busy = new PriorityQueue<>(Comparator.comparingDouble(Busy::until));
    private double now;
    private double work;
    private double lastBeginning;
    private double workAtLastBeginning;
    private double planning;
    private int asked;
    private int assignments;

    Simulation(SweepSpec spec, int slots, Trainings trainings, Path folder) {
        this.slots = slots;
        this.trainings = trainings;
        this.journal = Journal.open(StoreFiles.at(URI.create(folder.toString()), new Configuration()));
        List<SweepEvent> past = EventJson.parse(journal.past(), spec.space(), "journal");
        this.planner = new SweepPlanner(
                spec,
                7,
                1,
                EPOCHS,
                past,
                () -> Instant.ofEpochMilli((long) (1000 * now)),
                event -> journal.append(EventJson.write(event)));
    }

    /** Epochs of a second in the median; trials differ log-normally, by a factor of 1.6 either way, whatever their points. */
    static final class MadeUp implements Trainings {
        @Override
        public double secondsPerEpoch(int trial, Point point) {
            return Math.exp(0.47 * new SplittableRandom(trial).nextGaussian());
        }

        @Override
        public double floor(Point point) {
            return point.settings().values().stream()
                    .filter(s -> s instanceof Setting.Real)
                    .mapToDouble(s -> Math.abs(((Setting.Real) s).value() - 0.3))
                    .sum();
        }
    }

    /**
     * What a simulation came to.
     *
     * @param idle share of all slots over the whole time
     * @param idleWhileTrialsBegin the same up to the last trial's beginning: after it a few slots finish what is good
     */
    record Figures(
            double hours,
            double idle,
            double idleWhileTrialsBegin,
            double millisPerAnswer,
            int assignments,
            int finished,
            int paused) {}

    Figures run() {
        Deque<Integer> free = new ArrayDeque<>();
        for (int slot = 0; slot < slots; slot++) {
            free.add(slot);
        }
        while (!free.isEmpty() || !busy.isEmpty()) {
            ask(free);
            if (!busy.isEmpty()) {
                Busy ended = busy.remove();
                now = Math.max(now, ended.until());
                answered(() -> planner.measured(ended.assignment(), measure(ended.assignment())));
                free.add(0);
            } else {
                break;
            }
        }
        journal.close();
        return new Figures(
                now / 3600,
                1 - work / (slots * now),
                1 - workAtLastBeginning / (slots * lastBeginning),
                1000 * planning / asked,
                assignments,
                planner.count(TrialState.FINISHED),
                planner.count(TrialState.PAUSED));
    }

    /** Free slots ask one after the other until the planner has nothing for them. */
    private void ask(Deque<Integer> free) {
        while (!free.isEmpty()) {
            Answer[] answer = new Answer[1];
            answered(() -> answer[0] = planner.next());
            if (!(answer[0] instanceof Answer.Run run)) {
                return;
            }
            free.remove();
            Assignment a = run.assignment();
            double seconds = seconds(a);
            work += seconds;
            if (a.from() == 0) {
                lastBeginning = now;
                workAtLastBeginning = work - seconds - ahead();
            }
            assignments++;
            busy.add(new Busy(now + seconds, a));
        }
    }

    /** Seconds that slots have before them. */
    private double ahead() {
        return busy.stream().mapToDouble(b -> b.until() - now).sum();
    }

    private void answered(Runnable question) {
        long start = THREADS.getCurrentThreadCpuTime();
        question.run();
        double seconds = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
        planning += seconds;
        now += seconds;
        asked++;
    }

    private double seconds(Assignment a) {
        return (a.to() - a.from()) * trainings.secondsPerEpoch(a.trial(), a.point());
    }

    /** A loss that falls with the epochs to a floor by the point, with noise. */
    private Measurement measure(Assignment a) {
        double floor = trainings.floor(a.point());
        double[] values = new double[a.to() - a.from()];
        for (int i = 0; i < values.length; i++) {
            values[i] = floor + 1.0 / (a.from() + i + 1) + 0.02 * random.nextGaussian();
        }
        return new Measurement(values, seconds(a));
    }
}
