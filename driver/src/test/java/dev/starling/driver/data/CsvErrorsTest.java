package dev.starling.driver.data;

import static dev.starling.driver.data.Sources.csv;
import static dev.starling.driver.data.Sources.data;
import static dev.starling.driver.data.Sources.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.starling.driver.data.DataSpec.HeldOut;
import dev.starling.driver.data.SourceSpec.Features;
import dev.starling.driver.data.SourceSpec.Missing;
import dev.starling.driver.data.SourceSpec.Policy;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Scale;
import dev.starling.worker.network.Loss;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvErrorsTest {
    @TempDir
    private Path folder;

    private Path file(String text) {
        return write(folder.resolve("a.csv"), text);
    }

    static List<String> problems(DataSpec spec, Loss loss) {
        return catchThrowableOfType(
                        InvalidInput.class, () -> Sources.prepare(spec, loss).close())
                .problems();
    }

    @Test
    void namesFileLineAndColumnOfEverythingThatIsNoNumber() {
        String text = "a,b,y\n1,2,3\nx,2,3\n\n1,NaN,3\n1,2,-Infinity\n1,2,1e999\n1,0x10,3\n";
        assertThat(problems(data(csv(file(text), "y")), Loss.MEAN_SQUARED_ERROR))
                .containsExactly(
                        "Cannot read " + folder + "/a.csv:3: column 'a' holds 'x' (expected a number)",
                        "Cannot read " + folder + "/a.csv:5: column 'b' holds NaN (expected a finite number)",
                        "Cannot read " + folder + "/a.csv:6: column 'y' holds -Infinity (expected a finite number)",
                        "Cannot read " + folder + "/a.csv:7: column 'y' holds 1e999 (expected a finite number)",
                        "Cannot read " + folder + "/a.csv:8: column 'b' holds '0x10' (expected a number)");
    }

    @Test
    void namesFileAndLineOfRecordsWithOtherNumbersOfFields() {
        assertThat(problems(data(csv(file("a,y\n1,2\n1,2,3\n1\n"), "y")), Loss.MEAN_SQUARED_ERROR))
                .containsExactly(
                        "Cannot read " + folder + "/a.csv:3: it has 3 fields (expected 2, as the first line)",
                        "Cannot read " + folder + "/a.csv:4: it has 1 fields (expected 2, as the first line)");
    }

    @Test
    void namesQuotesThatAreNotClosed() {
        assertThat(problems(data(csv(file("a,y\n\"1,2\n"), "y")), Loss.MEAN_SQUARED_ERROR))
                .singleElement()
                .asString()
                .startsWith("Cannot read " + folder + "/a.csv:2: ")
                .endsWith("(expected quotes that open and close a field)");
    }

    @Test
    void namesTheFirstLineOfARecordOfSeveralLines() {
        SourceSpec spec = csv(
                file("a,t,y\n1,\"x\n\nz\",2\nbad,\"x\ny\",2\n"),
                ",",
                true,
                List.of("y"),
                new Features.Drop(List.of("t")),
                List.of(),
                Sources.NONE_MISSING);
        assertThat(problems(data(spec), Loss.MEAN_SQUARED_ERROR))
                .containsExactly("Cannot read " + folder + "/a.csv:5: column 'a' holds 'bad' (expected a number)");
    }

    @Test
    void namesMissingValuesWhereNoneMayBe() {
        assertThat(problems(data(csv(file("a,y\n?,2\n1,\n"), "y")), Loss.MEAN_SQUARED_ERROR))
                .containsExactly(
                        "Cannot read " + folder
                                + "/a.csv:2: column 'a' has a missing value, '?' (expected none, or another missing.policy: drop or mean)",
                        "Cannot read " + folder
                                + "/a.csv:3: column 'y' has a missing value, '' (expected a target in every row, or missing.policy: drop)");
    }

    @Test
    void aMissingTargetIsAnErrorWhereMissingNumbersBecomeTheMean() {
        SourceSpec spec = csv(
                file("a,y\n?,2\n1,?\n"),
                ",",
                false,
                List.of("y"),
                new Features.All(),
                List.of(),
                new Missing(List.of("?"), Policy.MEAN));
        assertThat(problems(data(spec), Loss.MEAN_SQUARED_ERROR))
                .singleElement()
                .asString()
                .contains("a.csv:3: column 'y' has a missing value");
    }

    @Test
    void tellsTheFirstTwentyAndHowManyMore() {
        StringBuilder text = new StringBuilder("a,y\n");
        for (int i = 0; i < 10_000; i++) {
            text.append(i % 100 == 0 ? "bad" : "1").append(",2\n");
        }
        List<String> problems = problems(data(csv(file(text.toString()), "y")), Loss.MEAN_SQUARED_ERROR);
        assertThat(problems).hasSize(21).last().isEqualTo("and 80 more");
        assertThat(problems.get(19)).contains("a.csv:1902:");
    }

    @Test
    void countsLinesRightWhereReadingBeginsInTheMiddleOfAFile() {
        byte[] bytes = new byte[40 << 20];
        Arrays.fill(bytes, (byte) '\n');
        byte[] row = "1.5,2\n".getBytes(StandardCharsets.UTF_8);
        for (int at = 4; at + row.length < bytes.length; at += row.length) {
            System.arraycopy(row, 0, bytes, at, row.length);
        }
        System.arraycopy("a,y\n".getBytes(StandardCharsets.UTF_8), 0, bytes, 0, 4);
        int line = 6_000_000;
        bytes[4 + (line - 2) * row.length] = 'x';
        Path file = write(folder.resolve("long.csv"), bytes);
        assertThat(problems(data(csv(file, "y")), Loss.MEAN_SQUARED_ERROR))
                .containsExactly("Cannot read " + file + ":" + line + ": column 'a' holds 'x.5' (expected a number)");
    }

    @Test
    void namesALabelOutsideTheClassesOfTheTrainingData() {
        Path test = write(folder.resolve("test.csv"), "a,class\n1,red\n2,green\n");
        DataSpec spec = data(
                csv(file("a,class\n1,red\n2,blue\n"), "class"),
                Optional.of(new HeldOut.Source(csv(test, "class"))),
                Optional.empty(),
                new Scale.None(),
                new Scale.None());
        assertThat(problems(spec, Loss.CATEGORICAL_CROSSENTROPY))
                .containsExactly("Cannot use " + test
                        + ":3: class 'green' is not in the training data (expected one of blue, red)");
    }

    @Test
    void needsTwoClasses() {
        assertThat(problems(data(csv(file("a,class\n1,red\n2,red\n"), "class")), Loss.CATEGORICAL_CROSSENTROPY))
                .containsExactly(
                        "Cannot make classes of column 'class': all rows have red (expected at least two classes)");
    }

    @Test
    void saysWhatTheDataAreWhereTheyAreMissing() {
        assertThat(problems(data(csv(folder.resolve("none.csv"), "y")), Loss.MEAN_SQUARED_ERROR))
                .containsExactly(
                        "Cannot read " + folder + "/none.csv: no such file (expected the data: made by this test)");
    }

    @Test
    void refusesEmptyFiles() {
        assertThat(problems(data(csv(file(""), "y")), Loss.MEAN_SQUARED_ERROR))
                .containsExactly("Cannot read " + folder + "/a.csv: it is empty (expected rows below a header)");
        assertThat(problems(data(csv(file("a,y\n"), "y")), Loss.MEAN_SQUARED_ERROR))
                .containsExactly("Cannot read " + folder + "/a.csv: it has a header and no rows (expected rows)");
    }

    @Test
    void refusesTruncatedGzip() {
        byte[] text = "a,y\n1,2\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
        Path whole = Sources.gzip(folder.resolve("whole.gz"), text);
        byte[] bytes = Sources.read(whole);
        Path file = write(folder.resolve("a.csv.gz"), Arrays.copyOf(bytes, bytes.length - 12));
        assertThat(problems(data(csv(file, "y")), Loss.MEAN_SQUARED_ERROR))
                .containsExactly("Cannot read " + file + ": it is truncated (expected the end of its compressed data)");
    }

    @Test
    void refusesADelimiterOfSeveralCharactersAndOneThatIsTheQuote() {
        SourceSpec two =
                csv(file("a,y\n1,2\n"), ",;", false, List.of("y"), new Features.All(), List.of(), Sources.NONE_MISSING);
        assertThat(problems(data(two), Loss.MEAN_SQUARED_ERROR))
                .containsExactly("Cannot read " + folder
                        + "/a.csv: the delimiter is ',;' (expected one ASCII character, or whitespace)");
        SourceSpec quote =
                csv(file("a,y\n1,2\n"), "\"", false, List.of("y"), new Features.All(), List.of(), Sources.NONE_MISSING);
        assertThat(problems(data(quote), Loss.MEAN_SQUARED_ERROR))
                .containsExactly("Cannot read " + folder
                        + "/a.csv: the quote is '\"' (expected an ASCII character that is not the delimiter)");
    }

    @Test
    void refusesYesOrNoTargetsOutsideZeroToOne() {
        SourceSpec spec = csv(
                file("a,y,z\n1,0,1\n1,2,1\n"),
                ",",
                false,
                List.of("y", "z"),
                new Features.All(),
                List.of(),
                Sources.NONE_MISSING);
        assertThat(problems(data(spec), Loss.BINARY_CROSSENTROPY))
                .containsExactly("Cannot read " + folder
                        + "/a.csv:3: column 'y' holds 2 (expected a number from 0 to 1, as binaryCrossentropy needs)");
    }

    @Test
    void refusesFractionsThatLeaveASplitEmpty() {
        assertThat(problems(data(csv(file("a,y\n1,2\n2,3\n"), "y"), 0.1, 0.9), Loss.MEAN_SQUARED_ERROR))
                .containsExactly(
                        "Cannot split the data: no row of 2 is left for train (expected at least one; more rows, or another fraction)",
                        "Cannot split the data: no row of 2 is left for test (expected at least one; more rows, or another fraction)");
    }
}
