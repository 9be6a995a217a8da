package dev.starling.jobs.command;

import dev.starling.jobs.experiment.ExperimentText;
import dev.starling.worker.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** An experiment file that Hadoop reads: a driver on the cluster does not see the disk of the machine that submitted it. Apart, so that others do without Hadoop's classes. */
final class RemoteExperiment {
    private RemoteExperiment() {}

    static ExperimentText text(URI location, SharedOptions options, Surroundings surroundings) {
        NameNodes.requireReachable(location);
        Path path = new Path(location);
        try (InputStream in = path.getFileSystem(new Configuration()).open(path)) {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readAllBytes()))
                    .toString();
            String folder = path.getParent().toString();
            return new ExperimentText(path.toString(), text, folder, options.overrides(), surroundings.environment());
        } catch (IOException | IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new InvalidInput(
                    location + ": cannot be read: " + reason + " (expected an experiment file that Hadoop can read)");
        }
    }
}
