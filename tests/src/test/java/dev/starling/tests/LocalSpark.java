package dev.starling.tests;

import dev.starling.driver.serialization.StarlingSpark;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A local Spark of four slots, configured as Starling configures its own, as a parameter of a test class ({@code @ExtendWith(LocalSpark.class)}). It ends with
 * the class, for a JVM holds one at a time and the commands start theirs.
 */
public final class LocalSpark implements ParameterResolver {
    /** To be closed before another is started. */
    public static JavaSparkContext start(String master) {
        return new JavaSparkContext(StarlingSpark.configure(new SparkConf())
                .setMaster(master)
                .setAppName("tests")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1"));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == JavaSparkContext.class;
    }

    @Override
    public JavaSparkContext resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext ofClass = context;
        while (ofClass.getTestMethod().isPresent()) {
            ofClass = ofClass.getParent().orElseThrow();
        }
        return ofClass.getStore(Namespace.create(LocalSpark.class))
                .getOrComputeIfAbsent(Session.class, type -> new Session(start("local[4]")), Session.class)
                .spark();
    }

    private record Session(JavaSparkContext spark) implements AutoCloseable {
        @Override
        public void close() {
            spark.close();
        }
    }
}
