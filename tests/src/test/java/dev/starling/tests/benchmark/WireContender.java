package dev.starling.tests.benchmark;

import dev.starling.worker.exchange.Exchange;
import dev.starling.worker.exchange.Rendezvous;
import dev.starling.worker.exchange.RoundReport;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.wire.Wiring;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of N replicas, each a process in a network namespace of its own, whose only way out is the interface {@code wire0}. Arguments: name of the gang, rank, N, number of vectors, length of
 * each, folder for the cards. A request is a number of rounds; the answer their milliseconds, then bytes sent per round by the exchange's count, by the interface's, and by its
 * limiter's, which counts the headers of every packet of 1,500 bytes where the interface counts large ones that are cut later; then milliseconds of processor time.
 */
public final class WireContender {
    static final String INTERFACE = "wire0";
    private static final Path SENT = Path.of("/sys/class/net", INTERFACE, "statistics/tx_bytes");
    private static final Pattern LIMITER = Pattern.compile("Sent (\\d+) bytes");

    private final Exchange exchange;
    private final List<FlatVector> vectors = new ArrayList<>();
    private final float[] own;
    private final float[] expected;
    private final float[] found;
    private final int[] weights;

    private WireContender(Exchange exchange, int count, int length) {
        this.exchange = exchange;
        this.own = new float[length];
        this.expected = new float[length];
        this.found = new float[length];
        this.weights = new int[exchange.ranks()];
        Arrays.fill(weights, 1);
        for (int i = 0; i < length; i++) {
            // Whole numbers, and N a power of 2: the mean is exact in any order.
            own[i] = i % 1000 + exchange.rank();
            expected[i] = i % 1000 + (exchange.ranks() - 1) / 2f;
        }
        for (int vector = 0; vector < count; vector++) {
            vectors.add(FlatVector.allocate(length));
        }
        exchange.join(vectors);
    }

    public static void main(String[] arguments) throws IOException {
        String gang = arguments[0];
        int rank = Integer.parseInt(arguments[1]);
        int ranks = Integer.parseInt(arguments[2]);
        String host = SocketContender.host(INTERFACE).getHostAddress();
        Wiring wiring = Wiring.of(Map.of(), Optional.empty(), 1);
        try (Rendezvous rendezvous = Rendezvous.open(gang, rank, () -> wiring, host)) {
            String mine = rendezvous.card("" + rank, host);
            List<String> cards = Cards.exchange(Path.of(arguments[5]), gang, rank, ranks, mine);
            try (Exchange exchange = rendezvous.enter(cards, Cards.PATIENCE, Cards.PATIENCE)) {
                WireContender contender =
                        new WireContender(exchange, Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
                new Answers().serve(words -> contender.measure(Integer.parseInt(words.get(0))));
            }
        }
        System.exit(0);
    }

    private double[] measure(int rounds) {
        double[] answer = new double[rounds + 4];
        byte[] nothing = new byte[0];
        vectors.forEach(vector -> vector.set(own));
        exchange.gather(nothing);
        double[] before = sent();
        for (int round = 0; round < rounds; round++) {
            long busy = ExchangeContender.busyNanos();
            long start = System.nanoTime();
            exchange.average(new RoundReport(1, 0, false, false), weights);
            answer[round] = (System.nanoTime() - start) / 1e6;
            answer[rounds + 3] += (ExchangeContender.busyNanos() - busy) / 1e6 / rounds;
            vectors.forEach(this::checkAndRestore);
            // All begin a round together; and when all have come, all that was sent has left.
            exchange.gather(nothing);
        }
        double[] after = sent();
        for (int count = 0; count < after.length; count++) {
            answer[rounds + count] = (after[count] - before[count]) / rounds;
        }
        return answer;
    }

    private void checkAndRestore(FlatVector vector) {
        vector.get(0, found, 0, found.length);
        if (!Arrays.equals(found, expected)) {
            throw new IllegalStateException("Cannot measure: the mean is wrong");
        }
        vector.set(own);
    }

    private double[] sent() {
        try {
            double counted = Long.parseLong(Files.readString(SENT).trim());
            return new double[] {exchange.sentBytes(), counted, throughLimiter()};
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read the counters of " + INTERFACE, e);
        }
    }

    private static double throughLimiter() throws IOException {
        Process tc = new ProcessBuilder("tc", "-s", "qdisc", "show", "dev", INTERFACE).start();
        String said = new String(tc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher matcher = LIMITER.matcher(said);
        if (!matcher.find()) {
            throw new IOException("Cannot read the limiter of " + INTERFACE + ": " + said);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
