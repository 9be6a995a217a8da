package dev.starling.tests.benchmark;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.starling.worker.exchange.Exchange;
import dev.starling.worker.exchange.Rendezvous;
import dev.starling.worker.exchange.RoundReport;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.wire.Wiring;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.network.sasl.SecretKeyHolder;

/**
 * One of two replicas that average 1.68 M parameters over loopback. Arguments: rank, {@code plain} or {@code aes}, and a folder in which the two find each other. A
 * request is a number of rounds; the answer their milliseconds, from both having come to having the mean, bytes allocated on the heap and milliseconds of processor time per round.
 */
public final class ExchangeContender {
    static final int PARAMETERS = 1_681_898;

    private static final int[] WEIGHTS = {1, 1};

    private final Exchange exchange;
    private final FlatVector values = FlatVector.allocate(PARAMETERS);
    private final float[] own = new float[PARAMETERS];
    private final float[] expected = new float[PARAMETERS];
    private final float[] found = new float[PARAMETERS];

    private ExchangeContender(Exchange exchange) {
        this.exchange = exchange;
        exchange.join(List.of(values));
        for (int i = 0; i < PARAMETERS; i++) {
            own[i] = part(exchange.rank(), i);
            expected[i] = (part(0, i) + part(1, i)) / 2;
        }
    }

    private static float part(int rank, int i) {
        return (float) Math.sin(i + 0.5 * rank);
    }

    public static void main(String[] arguments) throws IOException {
        int rank = Integer.parseInt(arguments[0]);
        boolean aes = arguments[1].equals("aes");
        Wiring wiring = aes
                ? Wiring.of(
                        Map.of("spark.network.crypto.enabled", "true"),
                        Optional.of(new Wiring.Guard("bench", new Secret())),
                        1)
                : Wiring.of(Map.of(), Optional.empty(), 1);
        try (Rendezvous rendezvous = Rendezvous.open(arguments[1], rank, () -> wiring, "127.0.0.1")) {
            String mine = rendezvous.card("" + rank, "127.0.0.1");
            List<String> cards = Cards.exchange(Path.of(arguments[2]), arguments[1], rank, 2, mine);
            try (Exchange exchange = rendezvous.enter(cards, Cards.PATIENCE, Cards.PATIENCE)) {
                ExchangeContender contender = new ExchangeContender(exchange);
                new Answers().serve(words -> contender.measure(Integer.parseInt(words.get(0))));
            }
        }
        System.exit(0);
    }

    private double[] measure(int rounds) {
        double[] answer = new double[rounds + 2];
        byte[] nothing = new byte[0];
        long bytes = 0;
        for (int round = 0; round < rounds; round++) {
            values.set(own);
            exchange.gather(nothing);
            long before = allocated();
            long busy = busyNanos();
            long start = System.nanoTime();
            exchange.average(new RoundReport(1, 0, false, false), WEIGHTS);
            answer[round] = (System.nanoTime() - start) / 1e6;
            answer[rounds + 1] += (busyNanos() - busy) / 1e6 / rounds;
            bytes += allocated() - before;
            values.get(0, found, 0, PARAMETERS);
            if (!Arrays.equals(found, expected)) {
                throw new IllegalStateException("Cannot measure: the mean is wrong");
            }
        }
        answer[rounds] = (double) bytes / rounds;
        return answer;
    }

    /** Processor time of this process so far. */
    static long busyNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** By all threads of this process so far. */
    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }

    private static final class Secret implements SecretKeyHolder {
        @Override
        public String getSaslUser(String application) {
            return "bench";
        }

        @Override
        public String getSecretKey(String application) {
            return "a secret of the benchmark";
        }
    }
}
