package dev.starling.driver.transport;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.client.TransportClientBootstrap;
import org.apache.spark.network.crypto.AuthClientBootstrap;
import org.apache.spark.network.crypto.AuthServerBootstrap;
import org.apache.spark.network.server.TransportServerBootstrap;
import org.apache.spark.network.util.MapConfigProvider;
import org.apache.spark.network.util.TransportConf;
import scala.Tuple2;

/** How connections are set up, by the settings of the session that runs in this JVM. */
public final class SparkTransport {
    private static final String MODULE = "starling";

    private SparkTransport() {}

    /** One thread is enough for small messages. */
    static TransportConf conf() {
        Map<String, String> values = settings(SparkEnv.get().conf());
        for (String key : List.of("serverThreads", "clientThreads")) {
            values.put("spark." + MODULE + ".io." + key, "1");
        }
        return new TransportConf(MODULE, new MapConfigProvider(values));
    }

    /** All settings by their names, in a map of the caller's own. */
    public static Map<String, String> settings(SparkConf spark) {
        Map<String, String> settings = new HashMap<>();
        for (Tuple2<String, String> entry : spark.getAll()) {
            settings.put(entry._1(), entry._2());
        }
        return settings;
    }

    static List<TransportServerBootstrap> serverGuards(TransportConf conf) {
        return isGuarded()
                ? List.of(new AuthServerBootstrap(conf, SparkEnv.get().securityManager()))
                : List.of();
    }

    static List<TransportClientBootstrap> clientGuards(TransportConf conf, String applicationId) {
        return isGuarded()
                ? List.of(new AuthClientBootstrap(
                        conf, applicationId, SparkEnv.get().securityManager()))
                : List.of();
    }

    private static boolean isGuarded() {
        return SparkEnv.get().securityManager().isAuthenticationEnabled();
    }
}
