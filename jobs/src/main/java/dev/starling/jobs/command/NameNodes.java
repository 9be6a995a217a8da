package dev.starling.jobs.command;

import dev.starling.driver.cluster.Endpoint;
import dev.starling.driver.data.DataSpec;
import dev.starling.worker.Problems;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A job tries an HDFS again and again for most of a minute, so that a name node may start again meanwhile; so an address at which there never was one is told before. Names
 * without a port, as those of a pair of name nodes, are left to Hadoop.
 */
final class NameNodes {
    private NameNodes() {}

    /** @throws dev.starling.worker.InvalidInput naming each of the places whose name node does not answer */
    static void requireReachable(DataSpec data, URI... others) {
        List<URI> places = new ArrayList<>(Arrays.asList(others));
        Experiments.paths(data).stream()
                .filter(path -> path.startsWith("hdfs://"))
                .map(path -> URI.create(path.replaceFirst("(hdfs://[^/]*).*", "$1/")))
                .forEach(places::add);
        requireReachable(places.toArray(URI[]::new));
    }

    static void requireReachable(URI... places) {
        Problems problems = new Problems();
        Arrays.stream(places)
                .filter(place -> "hdfs".equals(place.getScheme()) && place.getPort() > 0)
                .distinct()
                .forEach(place -> new Endpoint(place.getHost(), place.getPort())
                        .silence()
                        .ifPresent(reason -> problems.add(
                                "Cannot open " + place + ": " + reason + " (expected a name node that runs there)")));
        problems.throwIfAny();
    }
}
