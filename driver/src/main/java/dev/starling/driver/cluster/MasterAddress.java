package dev.starling.driver.cluster;

import dev.starling.worker.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The masters of a {@code spark://host:port[,host:port…]}. Spark itself takes a minute to give up one that does not answer, and then fails with whatever breaks first. */
public final class MasterAddress {
    private static final Pattern ONE = Pattern.compile("(?<host>[^:,\\[\\]]+|\\[[^\\]]+\\]):(?<port>[0-9]{1,5})");

    private static final String COUNT = "0*[1-9][0-9]{0,8}";
    private static final Pattern LOCAL = Pattern.compile("local(\\[(" + COUNT + "|\\*)(\\s*,\\s*" + COUNT + ")?])?");
    private static final Pattern LOCAL_CLUSTER =
            Pattern.compile("local-cluster\\[\\s*" + COUNT + "\\s*,\\s*" + COUNT + "\\s*,\\s*" + COUNT + "\\s*]");

    private MasterAddress() {}

    /**
     * Masters that Spark itself would refuse only while it starts, with a stack trace; what manages another cluster is not looked into.
     *
     * @throws InvalidInput if it is a local, local-cluster or standalone master that is not written as one
     */
    public static void requireReadable(String master) {
        of(master);
        boolean cluster = master.startsWith("local-cluster");
        boolean wrong = cluster
                ? !LOCAL_CLUSTER.matcher(master).matches()
                : master.startsWith("local") && !LOCAL.matcher(master).matches();
        if (wrong) {
            throw new InvalidInput("Cannot read master " + master + " (expected "
                    + (cluster ? "local-cluster[workers,cores,MiB]" : "local, local[threads] or local[*]") + ")");
        }
    }

    /** Of a standalone master's URL; none for other masters. */
    static List<Endpoint> of(String master) {
        List<Endpoint> endpoints = new ArrayList<>();
        if (master.startsWith("spark://")) {
            for (String one : master.substring("spark://".length()).split(",", -1)) {
                Matcher parts = ONE.matcher(one);
                if (!parts.matches() || Integer.parseInt(parts.group("port")) > 65_535) {
                    throw new InvalidInput("Cannot read master " + master + " (expected spark://host:port)");
                }
                endpoints.add(new Endpoint(parts.group("host"), Integer.parseInt(parts.group("port"))));
            }
        }
        return endpoints;
    }

    /**
     * Within seconds; anything but a standalone master is taken to be there.
     *
     * @throws InvalidInput if nobody listens at any of a standalone master's addresses
     */
    public static void requireReachable(String master) {
        List<String> reasons = new ArrayList<>();
        for (Endpoint endpoint : of(master)) {
            Optional<String> reason = endpoint.silence();
            if (reason.isEmpty()) {
                return;
            }
            reasons.add(reason.get());
        }
        if (!reasons.isEmpty()) {
            throw new InvalidInput("Cannot reach Spark's master " + master + ": " + String.join("; ", reasons)
                    + " (expected a Spark master that runs there)");
        }
    }
}
