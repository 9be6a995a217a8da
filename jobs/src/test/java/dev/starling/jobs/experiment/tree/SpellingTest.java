package dev.starling.jobs.experiment.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    @ParameterizedTest
    @CsvSource({
        "kitten, sitting, 3",
        "flaw, lawn, 2",
        "'', abc, 3",
        "same, SAME, 0",
        "epoch, epochs, 1",
        "asha, ahsa, 1"
    })
    void distanceCountsInsertedRemovedChangedAndSwappedLetters(String from, String to, int distance) {
        assertThat(Spelling.distance(from, to)).isEqualTo(distance);
        assertThat(Spelling.distance(to, from)).isEqualTo(distance);
    }

    @Test
    void onlyNearWordsAreOffered() {
        assertThat(Spelling.nearest("batchsize", List.of("epochs", "batchSize")))
                .contains("batchSize");
        assertThat(Spelling.nearest("ahsa", List.of("none", "asha"))).contains("asha");
        assertThat(Spelling.nearest("zebra", List.of("epochs", "batchSize"))).isEmpty();
        assertThat(Spelling.nearest("x", List.of())).isEmpty();
    }
}
