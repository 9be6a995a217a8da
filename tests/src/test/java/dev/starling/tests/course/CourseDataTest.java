package dev.starling.tests.course;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.tests.Checkout;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class CourseDataTest {
    @Test
    void theFilesAreWhatTheGeneratorMakes() {
        CourseData.files().forEach((name, text) -> assertThat(read(Checkout.path("conf/data/course/" + name)))
                .as(name)
                .isEqualTo(text));
    }

    private static String read(Path file) {
        try (InputStream bytes = Files.newInputStream(file);
                InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void standInsSayOfThemselvesThatTheyAre() {
        assertThat(Checkout.path("conf/data/course/README.md"))
                .content()
                .contains("stand in for those of the lecture notes")
                .contains(CourseData.files().keySet().stream()
                        .flatMap(name -> Stream.of("`" + name + "`"))
                        .toList());
        assertThat(List.copyOf(CourseData.files().values())).doesNotHaveDuplicates();
    }
}
