package dev.starling.tests.course;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.tests.course.Exercise.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every experiment of the course as its file stands; prints a table of what is expected and what was found, which {@code tests/results/course.md} keeps. {@code deploy/course} runs it, or those that it is
 * given ({@code starling.course}, names with commas between). With {@code starling.course.folder} runs stay there.
 */
@Tag("full")
class FullCourseTest {
    private static final String ONLY = System.getProperty("starling.course", "");
    private static final String KEPT = System.getProperty("starling.course.folder", "");

    @TempDir
    private Path temporary;

    @Test
    void eachComesToWhatTheNotesSay() throws IOException {
        Path folder = KEPT.isEmpty() ? temporary : Files.createDirectories(Path.of(KEPT));
        List<String> wrong = new ArrayList<>();
        print("| experiment | command | expected | found | as expected | seconds |");
        print("|---|---|---|---|---|---|");
        for (String name : Courses.names()) {
            if (ONLY.isEmpty() || List.of(ONLY.split(",", -1)).contains(name)) {
                String row = row(Exercises.of(name), new Courses(folder));
                print(row);
                if (!row.contains("| yes |") && !row.contains("| skipped |")) {
                    wrong.add(row);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static String row(Exercise exercise, Courses courses) {
        String name = exercise.name();
        String begin = "| `" + name + "` | " + Courses.command(name) + " | " + exercise.expected() + " | ";
        if (!Courses.hasData(name)) {
            return begin + "STARLING_DATA is not set | skipped | |";
        }
        long start = System.nanoTime();
        Path run = courses.run(name);
        double seconds = (System.nanoTime() - start) / 1e9;
        Finding found = exercise.judge().of(courses, run);
        return begin + found.text() + " | " + (found.good() ? "yes" : "NO")
                + String.format(Locale.ROOT, " | %.1f |", seconds);
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
