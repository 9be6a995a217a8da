package dev.starling.worker.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.network.sasl.SecretKeyHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GuardedLinksTest {
    private final LinkPair pair = new LinkPair();

    @AfterEach
    void close() throws Exception {
        pair.close();
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

    @Test
    void peersThatShareASecretTalkUnderAes() throws Exception {
        Ear one = new Ear();
        Ear other = new Ear();
        PeerLinks first = pair.listen(guarded("secret", Map.of()), LinkPair.RUN);
        PeerLinks second = pair.listen(guarded("secret", Map.of()), LinkPair.RUN);
        pair.connect(first, second, LinkPair.LONG, one, other);
        second.send(0, StandardCharsets.UTF_8.encode("hello"));

        assertThat(one.messages.poll(10, TimeUnit.SECONDS)).isEqualTo("1: hello");
        assertThat(second.pipeline(0)).anyMatch(handler -> handler.contains("Encryption"));
        assertThat(first.pipeline(1)).anyMatch(handler -> handler.contains("Encryption"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void aPeerWithAWrongSecretIsRefusedWhateverTheFallback(String fallback) {
        Map<String, String> more = Map.of("spark.network.crypto.saslFallback", fallback);
        PeerLinks first = pair.listen(guarded("secret", more), LinkPair.RUN);
        PeerLinks second = pair.listen(guarded("guess", more), LinkPair.RUN);

        assertThatThrownBy(() -> pair.connect(first, second, LinkPair.SHORT, new Ear(), new Ear()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot connect with replicas [0, 2] (executor 4 on 127.0.0.1");
    }

    @Test
    void aPeerWithoutASecretIsRefused() {
        PeerLinks first = pair.listen(guarded("secret", Map.of()), LinkPair.RUN);
        PeerLinks second = pair.listen(LinkPair.plain(), LinkPair.RUN);

        assertThatThrownBy(() -> pair.connect(first, second, LinkPair.SHORT, new Ear(), new Ear()))
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
