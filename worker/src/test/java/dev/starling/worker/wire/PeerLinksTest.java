package dev.starling.worker.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.InvalidInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.sasl.SecretKeyHolder;
import org.apache.spark.network.server.NoOpRpcHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PeerLinksTest {
    private static final String HOST = "127.0.0.1";
    private static final String RUN = "a run";
    private static final Duration SHORT = Duration.ofMillis(600);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        List<Future<?>> closing = new ArrayList<>();
        for (AutoCloseable one : open) {
            closing.add(threads.submit(() -> {
                one.close();
                return one;
            }));
        }
        for (Future<?> one : closing) {
            one.get();
        }
        threads.shutdown();
    }

    /** Keeps what it hears. */
    private static final class Ear implements WireListener {
        private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

        @Override
        public Arrival piece(int peer, PieceHeader header) {
            throw new IllegalStateException("no piece is expected");
        }

        @Override
        public void message(int peer, ByteBuffer message) {
            messages.add(peer + ": " + StandardCharsets.UTF_8.decode(message));
        }

        @Override
        public void left(int peer) {
            messages.add(peer + " left");
        }

        @Override
        public void watch() {}

        @Override
        public void failed(String message) {
            failures.add(message);
        }

        String failure() throws InterruptedException {
            return failures.poll(10, TimeUnit.SECONDS);
        }
    }

    private static Wiring plain() {
        return Wiring.of(Map.of(), Optional.empty(), 1);
    }

    private static Wiring guarded(String secret, Map<String, String> more) {
        SecretKeyHolder secrets = new SecretKeyHolder() {
            @Override
            public String getSaslUser(String application) {
                return "sparkSaslUser";
            }

            @Override
            public String getSecretKey(String application) {
                return secret;
            }
        };
        Map<String, String> settings = new HashMap<>(Map.of("spark.network.crypto.enabled", "true"));
        settings.putAll(more);
        return Wiring.of(settings, Optional.of(new Wiring.Guard("an application", secrets)), 1);
    }

    private PeerLinks listen(Wiring wiring, String run) {
        PeerLinks links = PeerLinks.listen(wiring, HOST, run);
        open.add(links);
        return links;
    }

    private static List<PeerAddress> addresses(PeerLinks first, int second) {
        return List.of(
                new PeerAddress(HOST, first.port(), "4", 1004, List.of(0, 2)),
                new PeerAddress(HOST, second, "7", 1007, List.of(1)));
    }

    /** Connects two; throws what either threw, the second's first. */
    private void connect(PeerLinks first, PeerLinks second, Duration patience, Ear one, Ear other) throws Exception {
        List<PeerAddress> addresses = addresses(first, second.port());
        Future<?> meanwhile = threads.submit(() -> {
            first.connect(0, addresses, patience, one);
            return one;
        });
        second.connect(1, addresses, patience, other);
        try {
            meanwhile.get();
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    /** A peer that greets, and then does nothing of itself. */
    private TransportClient mute(PeerLinks first, Duration patience, Ear ear) throws Exception {
        TransportContext context = new TransportContext(plain().conf(), new NoOpRpcHandler(), false);
        TransportClientFactory factory = context.createClientFactory(List.of());
        open.add(factory);
        open.add(context);
        TransportClient client = factory.createClient(HOST, first.port());
        List<PeerAddress> addresses = addresses(first, 1);
        Future<?> connected = threads.submit(() -> {
            first.connect(0, addresses, patience, ear);
            return ear;
        });
        client.sendRpcSync(new Greeting(RUN, 1).toBytes(), 10_000);
        connected.get();
        return client;
    }

    @Test
    void messagesArriveInOrderAndAPeerThatLeavesIsNoFailure() throws Exception {
        Ear one = new Ear();
        Ear other = new Ear();
        PeerLinks first = listen(plain(), RUN);
        PeerLinks second = listen(plain(), RUN);
        connect(first, second, LONG, one, other);
        for (int i = 0; i < 100; i++) {
            second.send(0, StandardCharsets.UTF_8.encode("m" + i));
        }
        Future<?> closed = threads.submit(second::close);
        for (int i = 0; i < 100; i++) {
            assertThat(one.messages.poll(10, TimeUnit.SECONDS)).isEqualTo("1: m" + i);
        }
        assertThat(one.messages.poll(10, TimeUnit.SECONDS)).isEqualTo("1 left");
        first.close();
        closed.get();
        assertThat(one.failures).isEmpty();
        assertThat(other.failures).isEmpty();
    }

    @Test
    void aPeerThatBreaksOffIsNamedAtOnce() throws Exception {
        Ear ear = new Ear();
        TransportClient peer = mute(listen(plain(), RUN), LONG, ear);
        long start = System.nanoTime();
        peer.close();

        assertThat(ear.failure()).contains("lost replica 1 (executor 7 on 127.0.0.1, process 1007): connection closed");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aPeerThatFallsSilentIsNamedAfterThePatienceAndNotBefore() throws Exception {
        Ear ear = new Ear();
        long start = System.nanoTime();
        mute(listen(plain(), RUN), SHORT, ear);

        assertThat(ear.failure())
                .contains("lost replica 1 (executor 7 on 127.0.0.1, process 1007): no sign of life in 0.6 s");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, Duration.ofSeconds(8));
    }

    @Test
    void peersWithNothingToSayStayAlive() throws Exception {
        Ear one = new Ear();
        Ear other = new Ear();
        connect(listen(plain(), RUN), listen(plain(), RUN), SHORT, one, other);
        Thread.sleep(4 * SHORT.toMillis());

        assertThat(one.failures).isEmpty();
        assertThat(other.failures).isEmpty();
    }

    @Test
    void strangersAreNotHeard() throws Exception {
        Ear ear = new Ear();
        PeerLinks first = listen(plain(), RUN);
        mute(first, LONG, ear);
        TransportContext context = new TransportContext(plain().conf(), new NoOpRpcHandler(), false);
        try (TransportClientFactory factory = context.createClientFactory(List.of())) {
            TransportClient liar = factory.createUnmanagedClient(HOST, first.port());
            liar.send(ByteBuffer.wrap(new byte[] {LinkHandler.FAILED, 'x'}));
            TransportClient stranger = factory.createUnmanagedClient(HOST, first.port());
            assertThatThrownBy(() -> stranger.sendRpcSync(new Greeting("another run", 1).toBytes(), 10_000))
                    .hasStackTraceContaining("peer of run another run (expected a run)");
            assertThatThrownBy(() -> stranger.sendRpcSync(new Greeting(RUN, 1).toBytes(), 10_000))
                    .hasStackTraceContaining("each above 0 once");
            assertThat(liar.getChannel().closeFuture().await(10_000)).isTrue();
            stranger.close();
        }
        context.close();

        assertThat(ear.failures).isEmpty();
    }

    @Test
    void aPeerThatNeverComesIsNamedInTime() {
        PeerLinks first = listen(plain(), RUN);

        assertThatThrownBy(() -> first.connect(0, addresses(first, 1), SHORT, new Ear()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nothing from [replica 1 (executor 7 on 127.0.0.1, process 1007)]");
    }

    @Test
    void peersThatShareASecretTalkUnderAes() throws Exception {
        Ear one = new Ear();
        Ear other = new Ear();
        PeerLinks first = listen(guarded("secret", Map.of()), RUN);
        PeerLinks second = listen(guarded("secret", Map.of()), RUN);
        connect(first, second, LONG, one, other);
        second.send(0, StandardCharsets.UTF_8.encode("hello"));

        assertThat(one.messages.poll(10, TimeUnit.SECONDS)).isEqualTo("1: hello");
        assertThat(second.pipeline(0)).anyMatch(handler -> handler.contains("Encryption"));
        assertThat(first.pipeline(1)).anyMatch(handler -> handler.contains("Encryption"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void aPeerWithAWrongSecretIsRefusedWhateverTheFallback(String fallback) {
        Map<String, String> more = Map.of("spark.network.crypto.saslFallback", fallback);
        PeerLinks first = listen(guarded("secret", more), RUN);
        PeerLinks second = listen(guarded("guess", more), RUN);

        assertThatThrownBy(() -> connect(first, second, SHORT, new Ear(), new Ear()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot connect with replicas [0, 2] (executor 4 on 127.0.0.1");
    }

    @Test
    void aPeerWithoutASecretIsRefused() {
        PeerLinks first = listen(guarded("secret", Map.of()), RUN);
        PeerLinks second = listen(plain(), RUN);

        assertThatThrownBy(() -> connect(first, second, SHORT, new Ear(), new Ear()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot connect");
    }

    @Test
    void saslEncryptionIsRefusedUnlessAesTakesItsPlace() {
        Map<String, String> sasl = Map.of("spark.authenticate.enableSaslEncryption", "true");
        assertThatThrownBy(() -> Wiring.check(sasl))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("spark.authenticate.enableSaslEncryption")
                .hasMessageContaining("expected AES: spark.network.crypto.enabled=true");
        Map<String, String> both = new HashMap<>(sasl);
        both.put("spark.network.crypto.enabled", "true");
        assertThatCode(() -> Wiring.check(both)).doesNotThrowAnyException();
        assertThat(Wiring.of(both, Optional.empty(), 1).conf().saslFallback()).isFalse();
    }
}
