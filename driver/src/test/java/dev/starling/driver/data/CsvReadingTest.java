package dev.starling.driver.data;

import static dev.starling.driver.data.Sources.csv;
import static dev.starling.driver.data.Sources.data;
import static dev.starling.driver.data.Sources.gzip;
import static dev.starling.driver.data.Sources.headerless;
import static dev.starling.driver.data.Sources.prepare;
import static dev.starling.driver.data.Sources.rows;
import static dev.starling.driver.data.Sources.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.data.SourceSpec.Features;
import dev.starling.driver.data.SourceSpec.Missing;
import dev.starling.driver.data.SourceSpec.Policy;
import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.Target;
import dev.starling.worker.network.Loss;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvReadingTest {
    private static final String PLAIN = "x,y,class\n1,2,b\n3.5,-4e1,a\n";

    @TempDir
    private Path folder;

    private static void holdsPlain(DataSpec spec) {
        try (PreparedData data = prepare(spec, Loss.CATEGORICAL_CROSSENTROPY)) {
            assertThat(data.preparation().target()).isEqualTo(new Target.Classes(List.of("a", "b")));
            assertThat(rows(data, Split.TRAIN)).containsExactly(new float[] {1, 2, 1}, new float[] {3.5f, -40, 0});
        }
    }

    @Test
    void readsNumbersAndClassNames() {
        holdsPlain(data(csv(write(folder.resolve("a.csv"), PLAIN), "class")));
    }

    @Test
    void readsAByteOrderMarkCarriageReturnsBlankLinesAndNoEndOfTheLastLine() {
        String text = "\uFEFFx,y,class\r\n\r\n1 , 2,b\r\n  \r\n3.5,-4e1, a";
        holdsPlain(data(csv(write(folder.resolve("a.csv"), text), "class")));
    }

    @Test
    void readsGzip() {
        Path file = gzip(folder.resolve("a.csv.gz"), PLAIN.getBytes(StandardCharsets.UTF_8));
        holdsPlain(data(csv(file, "class")));
    }

    @Test
    void readsAFolderInTheOrderOfItsNamesWithoutHiddenFiles() {
        write(folder.resolve("2.csv"), "x,y,class\n3.5,-4e1,a\n");
        write(folder.resolve("1.csv"), "x,y,class\n1,2,b\n");
        write(folder.resolve("3.csv"), "");
        write(folder.resolve("_SUCCESS"), "no csv");
        write(folder.resolve(".1.csv.crc"), "no csv");
        holdsPlain(data(csv(folder, "class")));
    }

    @Test
    void readsAGlob() {
        write(folder.resolve("part-1.csv"), "x,y,class\n1,2,b\n");
        write(folder.resolve("part-2.csv"), "x,y,class\n3.5,-4e1,a\n");
        write(folder.resolve("other.csv"), "no csv");
        holdsPlain(data(csv(folder.resolve("part-*.csv"), "class")));
    }

    @Test
    void readsQuotedFields() {
        String text = "\"x\",\"y\",class\n\"1\",2,\"b, \"\"really\"\"\"\n3.5, \"-4e1\" ,a\n";
        try (PreparedData data =
                prepare(data(csv(write(folder.resolve("a.csv"), text), "class")), Loss.CATEGORICAL_CROSSENTROPY)) {
            assertThat(data.preparation().target()).isEqualTo(new Target.Classes(List.of("a", "b, \"really\"")));
            assertThat(rows(data, Split.TRAIN)).containsExactly(new float[] {1, 2, 1}, new float[] {3.5f, -40, 0});
        }
    }

    @Test
    void readsFieldsOfSeveralLines() {
        String text = "x,\"a\nname\",class\n1,2,\"first\n\nsecond\"\n\n3,4,b\n";
        SourceSpec spec = csv(
                write(folder.resolve("a.csv"), text),
                ",",
                true,
                List.of("class"),
                new Features.All(),
                List.of(),
                Sources.NONE_MISSING);
        try (PreparedData data = prepare(data(spec), Loss.CATEGORICAL_CROSSENTROPY)) {
            assertThat(data.preparation().features()).extracting(Feature::name).containsExactly("x", "a\nname");
            assertThat(data.preparation().target()).isEqualTo(new Target.Classes(List.of("b", "first\n\nsecond")));
            assertThat(rows(data, Split.TRAIN)).containsExactly(new float[] {1, 2, 1}, new float[] {3, 4, 0});
        }
    }

    @Test
    void readsColumnsByNumberWhereThereIsNoHeader() {
        Path file = write(folder.resolve("a.txt"), "1;2;10\n3;4;9.5\n");
        try (PreparedData data = prepare(data(headerless(file, ";", "-1")), Loss.CATEGORICAL_CROSSENTROPY)) {
            assertThat(data.preparation().features()).extracting(Feature::name).containsExactly("0", "1");
            assertThat(data.preparation().target()).isEqualTo(new Target.Classes(List.of("9.5", "10")));
            assertThat(rows(data, Split.TRAIN)).containsExactly(new float[] {1, 2, 1}, new float[] {3, 4, 0});
        }
    }

    @Test
    void readsFieldsBetweenRunsOfBlanks() {
        Path file = write(folder.resolve("a.txt"), "  1   2\t\"one two\"\n3 4   three  \n");
        try (PreparedData data = prepare(data(headerless(file, "whitespace", "2")), Loss.CATEGORICAL_CROSSENTROPY)) {
            assertThat(data.preparation().target()).isEqualTo(new Target.Classes(List.of("one two", "three")));
            assertThat(rows(data, Split.TRAIN)).containsExactly(new float[] {1, 2, 0}, new float[] {3, 4, 1});
        }
    }

    @Test
    void takesTheFeaturesThatAreNamedInTheirOrder() {
        Path file = write(folder.resolve("a.csv"), "id,a,b,y\n7,1,2,3\n8,4,5,6\n");
        SourceSpec only = csv(
                file, ",", false, List.of("y"), new Features.Only(List.of("b", "a")), List.of(), Sources.NONE_MISSING);
        SourceSpec drop =
                csv(file, ",", false, List.of("y"), new Features.Drop(List.of("id")), List.of(), Sources.NONE_MISSING);
        try (PreparedData first = prepare(data(only), Loss.MEAN_SQUARED_ERROR);
                PreparedData second = prepare(data(drop), Loss.MEAN_SQUARED_ERROR)) {
            assertThat(rows(first, Split.TRAIN)).containsExactly(new float[] {2, 1, 3}, new float[] {5, 4, 6});
            assertThat(rows(second, Split.TRAIN)).containsExactly(new float[] {1, 2, 3}, new float[] {4, 5, 6});
        }
    }

    @Test
    void encodesCategoriesInTheirPlaceAmongTheFeatures() {
        Path file = write(folder.resolve("a.csv"), "a,job,b,y\n1,smith,2,3\n4,cook,5,6\n");
        SourceSpec spec = csv(file, ",", false, List.of("y"), new Features.All(), List.of("job"), Sources.NONE_MISSING);
        try (PreparedData data = prepare(data(spec), Loss.MEAN_SQUARED_ERROR)) {
            assertThat(rows(data, Split.TRAIN))
                    .containsExactly(new float[] {1, 0, 1, 2, 3}, new float[] {4, 1, 0, 5, 6});
        }
    }

    @Test
    void dropsRowsWithMissingValues() {
        Path file = write(folder.resolve("a.csv"), "a,job,y\n1,smith,3\n?,cook,6\n2,?,7\n3,cook,\n");
        SourceSpec spec = csv(
                file,
                ",",
                false,
                List.of("y"),
                new Features.All(),
                List.of("job"),
                new Missing(List.of("?", ""), Policy.DROP));
        try (PreparedData data = prepare(data(spec), Loss.MEAN_SQUARED_ERROR)) {
            assertThat(rows(data, Split.TRAIN)).containsExactly(new float[] {1, 1, 3});
        }
    }

    @Test
    void fillsMissingNumbersWithTheMeanAndMissingCategoriesWithNone() {
        Path file = write(folder.resolve("a.csv"), "a,job,y\n1,smith,3\n?,cook,6\n4,?,7\n");
        SourceSpec spec = csv(
                file,
                ",",
                false,
                List.of("y"),
                new Features.All(),
                List.of("job"),
                new Missing(List.of("?"), Policy.MEAN));
        try (PreparedData data = prepare(data(spec), Loss.MEAN_SQUARED_ERROR)) {
            assertThat(rows(data, Split.TRAIN))
                    .containsExactly(new float[] {1, 0, 1, 3}, new float[] {2.5f, 1, 0, 6}, new float[] {4, 0, 0, 7});
        }
    }

    @Test
    void readsSeveralTargetsAndSeveralYesOrNoTargets() {
        Path file = write(folder.resolve("a.csv"), "a,y,z\n1,0,1\n2,1,1\n");
        SourceSpec spec = csv(file, ",", false, List.of("z", "y"), new Features.All(), List.of(), Sources.NONE_MISSING);
        for (Loss loss : List.of(Loss.MEAN_SQUARED_ERROR, Loss.BINARY_CROSSENTROPY)) {
            try (PreparedData data = prepare(data(spec), loss)) {
                assertThat(rows(data, Split.TRAIN)).containsExactly(new float[] {1, 1, 0}, new float[] {2, 1, 1});
            }
        }
    }

    @Test
    void needsNoTargetWhereTheInputIsTheTarget() {
        Path file = write(folder.resolve("a.csv"), "a,b\n1,2\n3,4\n");
        SourceSpec source = csv(file, ",", false, List.of(), new Features.All(), List.of(), Sources.NONE_MISSING);
        DataSpec plain = data(source);
        DataSpec spec = new DataSpec(
                plain.description(),
                source,
                plain.test(),
                plain.validation(),
                plain.scale(),
                plain.targetScale(),
                true);
        try (PreparedData data = prepare(spec, Loss.BINARY_CROSSENTROPY)) {
            assertThat(data.preparation().target()).isEqualTo(new Target.Input());
            assertThat(rows(data, Split.TRAIN)).containsExactly(new float[] {1, 2}, new float[] {3, 4});
        }
    }
}
