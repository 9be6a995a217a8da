package dev.starling.worker.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.server.NoOpRpcHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PeerLinksTest {
    private final LinkPair pair = new LinkPair();

    @AfterEach
    void close() throws Exception {
        pair.close();
    }

    @Test
    void messagesArriveInOrderAndAPeerThatLeavesIsNoFailure() throws Exception {
        Ear one = new Ear();
        Ear other = new Ear();
        PeerLinks first = pair.listen(LinkPair.plain(), LinkPair.RUN);
        PeerLinks second = pair.listen(LinkPair.plain(), LinkPair.RUN);
        pair.connect(first, second, LinkPair.LONG, one, other);
        for (int i = 0; i < 100; i++) {
            second.send(0, StandardCharsets.UTF_8.encode("m" + i));
        }
        Future<?> closed = pair.closing(second);
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
        TransportClient peer = pair.mute(pair.listen(LinkPair.plain(), LinkPair.RUN), LinkPair.LONG, ear);
        long start = System.nanoTime();
        peer.close();

        assertThat(ear.failure()).contains("lost replica 1 (executor 7 on 127.0.0.1, process 1007): connection closed");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aPeerThatFallsSilentIsNamedAfterThePatienceAndNotBefore() throws Exception {
        Ear ear = new Ear();
        long start = System.nanoTime();
        pair.mute(pair.listen(LinkPair.plain(), LinkPair.RUN), LinkPair.SHORT, ear);

        assertThat(ear.failure())
                .contains("lost replica 1 (executor 7 on 127.0.0.1, process 1007): no sign of life in 0.6 s");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(LinkPair.SHORT, Duration.ofSeconds(8));
    }

    @Test
    void peersWithNothingToSayStayAlive() throws Exception {
        Ear one = new Ear();
        Ear other = new Ear();
        pair.connect(
                pair.listen(LinkPair.plain(), LinkPair.RUN),
                pair.listen(LinkPair.plain(), LinkPair.RUN),
                LinkPair.SHORT,
                one,
                other);
        Thread.sleep(4 * LinkPair.SHORT.toMillis());

        assertThat(one.failures).isEmpty();
        assertThat(other.failures).isEmpty();
    }

    @Test
    void strangersAreNotHeard() throws Exception {
        Ear ear = new Ear();
        PeerLinks first = pair.listen(LinkPair.plain(), LinkPair.RUN);
        pair.mute(first, LinkPair.LONG, ear);
        TransportContext context = new TransportContext(LinkPair.plain().conf(), new NoOpRpcHandler(), false);
        try (TransportClientFactory factory = context.createClientFactory(List.of())) {
            TransportClient liar = factory.createUnmanagedClient(LinkPair.HOST, first.port());
            liar.send(ByteBuffer.wrap(new byte[] {LinkHandler.FAILED, 'x'}));
            TransportClient stranger = factory.createUnmanagedClient(LinkPair.HOST, first.port());
            assertThatThrownBy(() -> stranger.sendRpcSync(new Greeting("another run", 1).toBytes(), 10_000))
                    .hasStackTraceContaining("peer of run another run (expected a run)");
            assertThatThrownBy(() -> stranger.sendRpcSync(new Greeting(LinkPair.RUN, 1).toBytes(), 10_000))
                    .hasStackTraceContaining("each above 0 once");
            assertThat(liar.getChannel().closeFuture().await(10_000)).isTrue();
            stranger.close();
        }
        context.close();

        assertThat(ear.failures).isEmpty();
    }

    @Test
    void aPeerThatNeverComesIsNamedInTime() {
        PeerLinks first = pair.listen(LinkPair.plain(), LinkPair.RUN);

        assertThatThrownBy(() -> first.connect(0, LinkPair.addresses(first, 1), LinkPair.SHORT, new Ear()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nothing from [replica 1 (executor 7 on 127.0.0.1, process 1007)]");
    }
}
