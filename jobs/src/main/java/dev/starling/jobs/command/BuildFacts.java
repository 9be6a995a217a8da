package dev.starling.jobs.command;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/**
 * What the build wrote into the jar about itself: {@code Implementation-Version: <version>+<commit>}.
 *
 * @param commit of the source, with {@code .modified} where it was changed; {@code unknown} outside a checkout
 */
record BuildFacts(String version, String commit) {
    private static final String UNKNOWN = "unknown";

    static BuildFacts read() {
        return parse(Optional.ofNullable(BuildFacts.class.getPackage().getImplementationVersion()));
    }

    /** @param implementationVersion empty where the classes are not in the jar */
    static BuildFacts parse(Optional<String> implementationVersion) {
        String text = implementationVersion.orElse(UNKNOWN);
        int plus = text.indexOf('+');
        return plus < 0
                ? new BuildFacts(text, UNKNOWN)
                : new BuildFacts(text.substring(0, plus), text.substring(plus + 1));
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
