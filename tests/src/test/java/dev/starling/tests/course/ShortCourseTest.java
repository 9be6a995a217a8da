package dev.starling.tests.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every experiment of the course for two epochs, from the file to run, pictures and report. What they learn is {@link FullCourseTest}'s. */
class ShortCourseTest {
    @TempDir
    private Path folder;

    @TestFactory
    List<DynamicTest> eachRunsAndDrawsWhatItAsksFor() {
        return Courses.names().stream()
                .filter(name -> !isLong(name))
                .map(name -> DynamicTest.dynamicTest(name, () -> runs(name)))
                .toList();
    }

    /** What takes minutes an epoch is of the full form alone. */
    private static boolean isLong(String name) {
        return Courses.text(name).contains("mnist");
    }

    private void runs(String name) throws IOException {
        assumeTrue(Courses.hasData(name), "skipped: STARLING_DATA does not name a folder");
        List<String> shortly = new ArrayList<>(List.of("training.epochs=2"));
        if (Courses.text(name).contains("\n    training.epochs: {choice")) {
            shortly.add("sweep.space={training.epochs: {choice: [1, 2]}}");
        }
        Path run = new Courses(folder).run(name, shortly.toArray(String[]::new));

        assertThat(run.resolve("_SUCCESS")).exists();
        if (Courses.text(name).contains("\n  figures: [curves")) {
            assertThat(ImageIO.read(run.resolve("figures/curves.png").toFile()).getWidth())
                    .isGreaterThanOrEqualTo(640);
        }
        if (Courses.text(name).contains("\n  figures: [")) {
            assertThat(run.resolve("figures")).isNotEmptyDirectory();
        }
    }

    @Test
    void eachSaysInOneLineWhatOfTheNotesItReproduces() {
        assertThat(Courses.names()).isNotEmpty().allSatisfy(name -> {
            List<String> lines = Courses.text(name).lines().toList();
            assertThat(lines.get(0))
                    .matches("# .*(Figures? [1-6]\\.[0-9]+|Exercise [2-6]\\.[0-9]|[Ss]ections? [1-6]\\.[0-9]+).*");
            assertThat(lines.get(1)).isEqualTo("name: " + name);
        });
    }

    @Test
    void theNotesNetHas12And20And5Parameters() {
        assertThat(new Courses(folder).summary("tutorial-1"))
                .containsPattern("\\(None, 4\\) +12 ")
                .containsPattern("\\(None, 4\\) +20 ")
                .containsPattern("\\(None, 1\\) +5 ")
                .contains("Total params: 37");
    }

    @Test
    void noRowOfTheTableIsOfAnExperimentThatIsNotThere() {
        assertThat(Courses.names())
                .containsAll(Exercises.ALL.stream().map(Exercise::name).toList());
    }
}
