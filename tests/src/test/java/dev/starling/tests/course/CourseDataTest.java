package dev.starling.tests.course;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.tests.Checkout;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CourseDataTest {
    @Test
    void theFilesAreWhatTheGeneratorMakes() {
        CourseData.files().forEach((name, text) -> assertThat(Checkout.path("conf/data/course/" + name))
                .hasContent(text));
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
