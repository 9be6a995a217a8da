package dev.starling.tests;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * Spark's own {@code spark-submit}, without the launcher's environment and flags: that of the installation in {@code STARLING_STOCK_SPARK}, where the variable is set, else the class behind the script from Maven's jars, started
 * as the script starts it.
 */
public final class SparkSubmit {
    private final Launcher launcher;
    private final Path folder;

    /** @param folder the working directory */
    public SparkSubmit(Path folder) {
        this.launcher = new Launcher(folder, Map.of("SPARK_LOCAL_IP", "127.0.0.1", "SPARK_SCALA_VERSION", "2.12"));
        this.folder = folder;
    }

    /** @param words of Spark, then the jar, then those of the program */
    public Result run(String... words) {
        List<String> all = new ArrayList<>(List.of("env", "-u", "OMP_NUM_THREADS"));
        String stock = System.getenv("STARLING_STOCK_SPARK");
        if (stock != null) {
            all.addAll(List.of("SPARK_HOME=" + stock, stock + "/bin/spark-submit"));
        } else {
            Path home = Checkout.path("target/spark-home");
            all.addAll(List.of("SPARK_HOME=" + home, "SPARK_CONF_DIR=" + folder, "java"));
            all.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ", -1)));
            all.addAll(List.of("-cp", home + "/jars/*", "org.apache.spark.deploy.SparkSubmit"));
        }
        all.addAll(List.of(words));
        return launcher.run(all);
    }
}
