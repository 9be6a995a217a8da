package dev.starling.jobs.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.IVersionProvider;

/**
 * What the build wrote into the jar about itself.
 *
 * @param versions of what the jar holds, {@code starling} among them
 * @param commit of the source, with {@code .modified} where it was changed; {@code unknown} outside a checkout
 */
record BuildFacts(SortedMap<String, String> versions, String commit) {
    private static final String RESOURCE = "/dev/starling/versions.properties";

    BuildFacts {
        versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    }

    static BuildFacts read() {
        Properties properties = new Properties();
        try (InputStream in = BuildFacts.class.getResourceAsStream(RESOURCE)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + RESOURCE + " of the program itself", e);
        }
        SortedMap<String, String> versions = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> versions.put(name, properties.getProperty(name)));
        String implementation = BuildFacts.class.getPackage().getImplementationVersion();
        return new BuildFacts(versions, commit(Optional.ofNullable(implementation)));
    }

    /** @param implementationVersion {@code <version>+<commit>} from the jar's manifest; empty where the classes are not in the jar */
    static String commit(Optional<String> implementationVersion) {
        return implementationVersion
                .filter(text -> text.contains("+"))
                .map(text -> text.substring(text.indexOf('+') + 1))
                .orElse("unknown");
    }

    String version() {
        return versions.get("starling");
    }

    /** For {@code --version}. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            BuildFacts facts = read();
            return new String[] {"starling " + facts.version() + " (commit " + facts.commit() + ")"};
        }
    }
}
