package dev.starling.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.cluster.ClusterSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

/** The flags of a JVM that trains stand in four places, which have no common place to read them from: they are the same. */
class FlagsTest {
    private static List<String> words(String text) {
        return Pattern.compile("\\s+").splitAsStream(text.strip()).toList();
    }

    private static String part(String file, String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(Files.readString(Checkout.path(file)));
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    private static List<String> ofTests() throws IOException {
        return words(part("pom.xml", "<jvm.dl4j>(.*?)</jvm.dl4j>"));
    }

    @Test
    void executorsGetTheFlagsOfTheTests() throws IOException {
        SparkConf conf = new SparkConf(false).setMaster("spark://host:7077");
        assertThat(ClusterSettings.complete(conf)).isEmpty();
        assertThat(words(conf.get("spark.executor.extraJavaOptions"))).containsExactlyInAnyOrderElementsOf(ofTests());
    }

    @Test
    void theLauncherGivesTheFlagsOfTheTests() throws IOException {
        String dl4j = part("deploy/starling", "\ndl4j=\\((.*?)\\)\n");
        String fast = part("deploy/starling", "\nfast=\\((.*?) \"\\$\\{dl4j\\[@\\]\\}\"\\)\n");
        assertThat(words(fast + " " + dl4j)).containsExactlyInAnyOrderElementsOf(ofTests());
    }

    @Test
    void submitConfGivesTheFlagsOfTheTestsAndWhatSparkNeedsOnJava17() throws IOException {
        List<String> given = words(part("conf/spark/submit.conf", "\nspark.driver.extraJavaOptions (.*?)\n"));
        assertThat(given).containsAll(ofTests());
        List<String> sparks = words(JavaModuleOptions.defaultModuleOptions());
        assertThat(given)
                .containsAll(
                        sparks.stream().filter(word -> word.startsWith("-")).toList());
        assertThat(given).hasSize(ofTests().size() + 17);
    }
}
