package dev.starling.driver.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.driver.LocalSpark;
import dev.starling.driver.data.SourceSpec.Csv;
import dev.starling.driver.data.SourceSpec.Features;
import dev.starling.driver.data.SourceSpec.Missing;
import dev.starling.driver.data.SourceSpec.Policy;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Target;
import dev.starling.worker.network.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model's features are found in: by name, by place, or told why not. */
class NewRowsTest {
    private static final InputFormat AS_TRAINED = new InputFormat(Optional.empty(), Optional.empty(), Optional.empty());
    private static final Preparation NAMED = preparation("size", "colour", List.of("blue", "red"));
    private static final Preparation NUMBERED = preparation("1", "2", List.of("blue", "red"));

    @TempDir
    private Path folder;

    private static Preparation preparation(String number, String category, List<String> categories) {
        return new Preparation(
                new Shape.Flat(3),
                List.of(new Feature.Numeric(number, 0, 1, Double.NaN), new Feature.Categorical(category, categories)),
                new Target.Classes(List.of("a", "b")));
    }

    private static Csv trained(boolean header, Policy policy) {
        return new Csv(
                "/trained.csv",
                header,
                ",",
                '"',
                false,
                List.of(header ? "kind" : "0"),
                new Features.All(),
                List.of(header ? "colour" : "2"),
                new Missing(List.of("", "?"), policy));
    }

    private NewRows open(String text, InputFormat format, SourceSpec trained, Preparation preparation)
            throws IOException {
        Path file = Files.writeString(folder.resolve("new.csv"), text);
        return NewRows.open(LocalSpark.context(), file.toString(), format, trained, preparation, 1);
    }

    private List<String> texts(NewRows rows) {
        return rows.blocks().collect().stream()
                .map(ParsedBlock::block)
                .map(block -> block.number(0, 0) + " " + block.text(0, 0))
                .toList();
    }

    @Test
    void columnsAreFoundByNameWhateverTheirOrder() throws IOException {
        try (NewRows rows =
                open("colour,kind,size\nred,,1.5\nblue,b,2\n", AS_TRAINED, trained(true, Policy.ERROR), NAMED)) {
            assertThat(texts(rows)).containsExactly("1.5 red");
            assertThat(rows.firstRows()).containsExactly(0, 2);
            assertThat(rows.warnings()).isEmpty();
        }
    }

    @Test
    void withoutAHeaderTheyStandAsInTrainingOrAlone() throws IOException {
        Csv trained = trained(false, Policy.ERROR);
        try (NewRows rows = open("a,1.5,red\n", AS_TRAINED, trained, NUMBERED)) {
            assertThat(texts(rows)).containsExactly("1.5 red");
        }
        try (NewRows rows = open("1.5,red\n", AS_TRAINED, trained, NUMBERED)) {
            assertThat(texts(rows)).containsExactly("1.5 red");
        }
        assertThatThrownBy(() -> open("a,1.5,red,x\n", AS_TRAINED, trained, NUMBERED))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(
                        "it has 4 columns (expected 2, the features in order, or 3 as the training data)");
    }

    @Test
    void aCategoryThatTheModelDoesNotKnowIsTold() throws IOException {
        try (NewRows rows = open("size,colour\n1,green\n", AS_TRAINED, trained(true, Policy.ERROR), NAMED)) {
            assertThat(rows.warnings()).singleElement().asString().contains("'colour'", "'green'");
        }
    }

    @Test
    void missingValuesAreErrorsOrLeftOutAsInTraining() throws IOException {
        String text = "size,colour\n1,red\n?,blue\n";
        assertThatThrownBy(() -> open(text, AS_TRAINED, trained(true, Policy.ERROR), NAMED))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("new.csv:3: column 'size' has a missing value, '?'");
        try (NewRows rows = open(text, AS_TRAINED, trained(true, Policy.DROP), NAMED)) {
            assertThat(rows.leavesOut()).isTrue();
            assertThat(rows.rows()).isEqualTo(2);
        }
    }

    @Test
    void whatCannotBeReadIsTold() {
        Csv trained = trained(true, Policy.ERROR);
        assertThatThrownBy(() -> open("size,colour\nlarge,red\n", AS_TRAINED, trained, NAMED))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("column 'size' holds words");
        assertThatThrownBy(() -> open("size,color\n1,red\n", AS_TRAINED, trained, NAMED))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("'colour'")
                .hasMessageContaining("did you mean 'color'?");
        InputFormat idx = new InputFormat(Optional.of(true), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> open("size,colour\n1,red\n", idx, trained, NAMED))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("new.csv");
        assertThatThrownBy(() -> open("", AS_TRAINED, trained, NAMED))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("it is empty");
        assertThatThrownBy(
                        () -> NewRows.open(LocalSpark.context(), folder + "/none.csv", AS_TRAINED, trained, NAMED, 1))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("none.csv: no such file");
    }
}
