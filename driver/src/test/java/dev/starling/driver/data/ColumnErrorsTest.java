package dev.starling.driver.data;

import static dev.starling.driver.data.CsvErrorsTest.problems;
import static dev.starling.driver.data.Sources.csv;
import static dev.starling.driver.data.Sources.data;
import static dev.starling.driver.data.Sources.headerless;
import static dev.starling.driver.data.Sources.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.starling.driver.LocalSpark;
import dev.starling.driver.data.DataSpec.HeldOut;
import dev.starling.driver.data.SourceSpec.Features;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Scale;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with the columns of data. */
class ColumnErrorsTest {
    @TempDir
    private Path folder;

    private Path file(String text) {
        return write(folder.resolve("a.csv"), text);
    }

    private List<String> named(String text, Features features, List<String> targets, List<String> categorical) {
        return problems(
                data(csv(file(text), ",", false, targets, features, categorical, Sources.NONE_MISSING)),
                Loss.MEAN_SQUARED_ERROR);
    }

    @Test
    void namesUnknownColumnsWithTheNearestAndAllOfThem() {
        assertThat(named("age,job,y\n1,2,3\n", new Features.Only(List.of("agee")), List.of("Y"), List.of("jobs")))
                .containsExactly(
                        "Cannot read " + folder
                                + "/a.csv: target names column 'Y', which it does not have (did you mean 'y'? columns are age, job, y)",
                        "Cannot read " + folder
                                + "/a.csv: features names column 'agee', which it does not have (did you mean 'age'? columns are age, job, y)",
                        "Cannot read " + folder
                                + "/a.csv: categorical names column 'jobs', which it does not have (did you mean 'job'? columns are age, job, y)",
                        "Cannot read " + folder + "/a.csv: no column is left as a feature (expected at least one)");
    }

    @Test
    void namesNumbersThatAreNoColumns() {
        assertThat(problems(data(headerless(file("1,2\n"), ",", "2")), Loss.MEAN_SQUARED_ERROR))
                .containsExactly(
                        "Cannot read " + folder
                                + "/a.csv: target names column '2', and the file has no header (expected a number from 0 to 1, or from -1, the last, to -2)");
    }

    @Test
    void refusesATargetAmongTheFeaturesAndACategoryOutsideThem() {
        assertThat(named("a,b,y\n1,2,3\n", new Features.Only(List.of("a", "y")), List.of("y"), List.of("b")))
                .containsExactly(
                        "Cannot read " + folder + "/a.csv: column 'y' is target and feature (expected one of the two)",
                        "Cannot read " + folder
                                + "/a.csv: categorical column 'b' is not a feature (expected features only)");
    }

    @Test
    void refusesAHeaderThatNamesAColumnTwice() {
        assertThat(named("a,a,y\n1,2,3\n", new Features.All(), List.of("y"), List.of()))
                .containsExactly("Cannot read " + folder
                        + "/a.csv: its header names a more than once (expected every column once)");
    }

    @Test
    void refusesFilesOfAFolderWhoseHeadersDiffer() {
        write(folder.resolve("1.csv"), "a,y\n1,2\n");
        write(folder.resolve("2.csv"), "b,y\n1,2\n");
        assertThat(problems(data(csv(folder, "y")), Loss.MEAN_SQUARED_ERROR))
                .containsExactly(
                        "Cannot read " + folder + "/2.csv: its header is b, y (expected a, y, as in the first file)");
    }

    @Test
    void refusesAnInputOfAnotherSizeThanTheFeatures() {
        DataSpec spec = data(csv(file("a,b,y\n1,2,3\n"), "y"));
        InvalidInput thrown = catchThrowableOfType(
                InvalidInput.class,
                () -> DataPipeline.prepare(
                        LocalSpark.context(), spec, Loss.MEAN_SQUARED_ERROR, Optional.of(new Shape.Image(2, 2, 1)), 1));
        assertThat(thrown.problems())
                .containsExactly(
                        "Cannot use network.input [2, 2, 1], which is 4 numbers: the data give 2 per example (expected as many)");
    }

    @Test
    void refusesTestDataWithOtherColumns() {
        Path test = write(folder.resolve("test.csv"), "b,y\n1,2\n");
        DataSpec spec = data(
                csv(file("a,y\n1,2\n"), "y"),
                Optional.of(new HeldOut.Source(csv(test, "y"))),
                Optional.empty(),
                new Scale.None(),
                new Scale.None());
        assertThat(problems(spec, Loss.MEAN_SQUARED_ERROR))
                .containsExactly(
                        "Cannot use the test data: feature 1 is b, a number (expected a, a number, as the training data have)");
    }

    @Test
    void aFeatureOfWordsIsOneProblemThatNamesTheKey() {
        StringBuilder text = new StringBuilder("age,job,y\n");
        for (int i = 0; i < 5000; i++) {
            text.append(i == 2 ? "old" : "30").append(i % 2 == 0 ? ",clerk,1\n" : ",nurse,2\n");
        }
        assertThat(named(text.toString(), new Features.All(), List.of("y"), List.of()))
                .containsExactly(
                        "Cannot read " + folder + "/a.csv:4: column 'age' holds 'old' (expected a number)",
                        "Cannot read " + folder
                                + "/a.csv: column 'job' holds words (expected numbers; categorical: [job] makes categories of them, and drop leaves the column out)");
    }

    @Test
    void dataOfOtherColumnsThanAModelsAreOneProblemAndNotOneForEachRow() {
        Preparation stored;
        try (PreparedData trained = Sources.prepare(data(csv(file("a,y\n1,2\n3,4\n"), "y")), Loss.MEAN_SQUARED_ERROR)) {
            stored = trained.preparation();
        }
        DataSpec other = data(csv(write(folder.resolve("b.csv"), "job,age,y\nclerk,x,2\nnurse,z,4\n"), "y"));
        InvalidInput thrown = catchThrowableOfType(
                InvalidInput.class,
                () -> DataPipeline.prepare(LocalSpark.context(), other, Loss.MEAN_SQUARED_ERROR, 1, stored));
        assertThat(thrown.problems())
                .containsExactly(
                        "Cannot use these data: 2 feature columns (expected 1, as the model was trained with)");
    }
}
