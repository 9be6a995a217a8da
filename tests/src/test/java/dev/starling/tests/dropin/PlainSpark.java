package dev.starling.tests.dropin;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A user's own Spark of eight slots, without any setting of Starling's, as a parameter of a test class. It ends with the class. */
final class PlainSpark implements ParameterResolver {
    static SparkConf configuration(String master) {
        return new SparkConf()
                .setMaster(master)
                .setAppName("a user's own")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1");
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
        return ofClass.getStore(Namespace.create(PlainSpark.class))
                .getOrComputeIfAbsent(
                        Session.class,
                        type -> new Session(new JavaSparkContext(configuration("local[8]"))),
                        Session.class)
                .spark();
    }

    private record Session(JavaSparkContext spark) implements AutoCloseable {
        @Override
        public void close() {
            spark.close();
        }
    }
}
