package dev.starling.worker.wire;

import dev.starling.worker.InvalidInput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.network.client.TransportClientBootstrap;
import org.apache.spark.network.crypto.AuthClientBootstrap;
import org.apache.spark.network.crypto.AuthServerBootstrap;
import org.apache.spark.network.sasl.SecretKeyHolder;
import org.apache.spark.network.server.TransportServerBootstrap;
import org.apache.spark.network.util.MapConfigProvider;
import org.apache.spark.network.util.TransportConf;

/**
 * How a JVM's connections are made.
 *
 * @param guard empty where the application does not authenticate
 */
public record Wiring(TransportConf conf, Optional<Guard> guard) {
    private static final String MODULE = "starling";
    private static final String AES = "spark.network.crypto.enabled";
    private static final String SASL_ENCRYPTION = "spark.authenticate.enableSaslEncryption";

    /** Who may connect: those that know the application's secret. */
    public record Guard(String applicationId, SecretKeyHolder secrets) {}

    /**
     * Spark's settings with what the exchange wants of its own.
     *
     * @param spark all settings of the application
     * @param threads of the transport: one keeps a core busy
     * @throws InvalidInput as {@link #check}
     */
    public static Wiring of(Map<String, String> spark, Optional<Guard> guard, int threads) {
        check(spark);
        Map<String, String> settings = new HashMap<>(spark);
        settings.put("spark." + MODULE + ".io.serverThreads", "" + threads);
        settings.put("spark." + MODULE + ".io.clientThreads", "" + threads);
        // Else a failed handshake would go on without AES, and nobody would know.
        settings.put("spark.network.crypto.saslFallback", "false");
        // 8 KB if unset: a system call and a cipher call for each.
        settings.putIfAbsent("spark.network.crypto.config.stream.buffer.size", "" + (1 << 17));
        return new Wiring(new TransportConf(MODULE, new MapConfigProvider(settings)), guard);
    }

    /** @throws InvalidInput if the connections would be encrypted by SASL, which takes 50 times as long as AES */
    public static void check(Map<String, String> spark) {
        boolean sasl = Boolean.parseBoolean(spark.getOrDefault(SASL_ENCRYPTION, "false"));
        boolean aes = Boolean.parseBoolean(spark.getOrDefault(AES, "false"));
        if (sasl && !aes) {
            throw new InvalidInput("Cannot average between executors under " + SASL_ENCRYPTION
                    + ": SASL encryption is far too slow for it (expected AES: " + AES + "=true)");
        }
    }

    List<TransportServerBootstrap> serverGuards() {
        return guard.<TransportServerBootstrap>map(g -> new AuthServerBootstrap(conf, g.secrets)).stream()
                .toList();
    }

    List<TransportClientBootstrap> clientGuards() {
        return guard
                .<TransportClientBootstrap>map(g -> new AuthClientBootstrap(conf, g.applicationId, g.secrets))
                .stream()
                .toList();
    }
}
