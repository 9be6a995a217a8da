package dev.starling.jobs.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The small data sets are what their sources are: rows, classes and sums, as counted at the sources. None of them quotes or holds a delimiter in a value. */
class ConfDataTest {
    /** A file's rows under its header. */
    private record Table(List<String> header, List<String[]> rows) {
        static Table of(String file) throws IOException {
            Path path = Given.ROOT.resolve("conf/data").resolve(file);
            try (InputStream bytes = Files.newInputStream(path);
                    InputStream plain = file.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                    BufferedReader reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
                List<String[]> lines =
                        reader.lines().map(line -> line.split(",", -1)).toList();
                return new Table(List.of(lines.get(0)), lines.subList(1, lines.size()));
            }
        }

        double sum(String column) {
            int at = header.indexOf(column);
            return rows.stream().mapToDouble(r -> Double.parseDouble(r[at])).sum();
        }

        /** Of all columns but the last. */
        double featureSum() {
            return header.subList(0, header.size() - 1).stream()
                    .mapToDouble(this::sum)
                    .sum();
        }

        Map<String, Long> counts(String column) {
            int at = header.indexOf(column);
            return rows.stream()
                    .map(r -> r[at])
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        }
    }

    @Test
    void xorIsTheExclusiveOr() throws IOException {
        assertThat(Table.of("xor/xor.csv").rows()).hasSize(4).allSatisfy(row -> assertThat(row[2])
                .isEqualTo(row[0].equals(row[1]) ? "0" : "1"));
    }

    @Test
    void irisIsComplete() throws IOException {
        Table iris = Table.of("iris/iris.csv");

        assertThat(iris.counts("species")).isEqualTo(Map.of("setosa", 50L, "versicolor", 50L, "virginica", 50L));
        assertThat(iris.featureSum()).isCloseTo(2078.7, within(1e-6));
    }

    @Test
    void breastCancerIsComplete() throws IOException {
        Table cancer = Table.of("breast-cancer/breast-cancer.csv");

        assertThat(cancer.header()).hasSize(31);
        assertThat(cancer.counts("diagnosis")).isEqualTo(Map.of("malignant", 212L, "benign", 357L));
        assertThat(cancer.featureSum()).isCloseTo(1056474.459636, within(1e-5));
    }

    @Test
    void digitsAreComplete() throws IOException {
        Table digits = Table.of("digits/digits.csv.gz");
        Map<String, Long> counts = digits.counts("digit");

        assertThat(digits.header()).hasSize(65);
        assertThat("0123456789".chars().mapToObj(c -> counts.get(String.valueOf((char) c))))
                .containsExactly(178L, 182L, 177L, 183L, 181L, 182L, 181L, 179L, 174L, 180L);
        assertThat(digits.featureSum()).isEqualTo(561718);
    }

    @Test
    void banknoteIsComplete() throws IOException {
        Table banknote = Table.of("banknote/banknote.csv");

        assertThat(banknote.counts("class")).isEqualTo(Map.of("0", 762L, "1", 610L));
        assertThat(banknote.sum("variance")).isCloseTo(595.084773, within(1e-6));
        assertThat(banknote.sum("skewness")).isCloseTo(2637.468482, within(1e-6));
        assertThat(banknote.sum("curtosis")).isCloseTo(1917.544405, within(1e-6));
        assertThat(banknote.sum("entropy")).isCloseTo(-1634.952745, within(1e-6));
    }

    @Test
    void autoMpgIsCompleteButForSixHorsepowers() throws IOException {
        Table all = Table.of("auto-mpg/auto-mpg.csv");
        int horsepower = all.header().indexOf("horsepower");
        Table complete = new Table(
                all.header(),
                all.rows().stream().filter(r -> !r[horsepower].equals("?")).toList());

        assertThat(all.rows()).hasSize(398).allSatisfy(row -> assertThat(row).hasSize(9));
        assertThat(complete.rows()).hasSize(392);
        assertThat(complete.counts("origin")).isEqualTo(Map.of("1", 245L, "2", 68L, "3", 79L));
        assertThat(complete.sum("mpg")).isCloseTo(9190.8, within(1e-6));
        assertThat(complete.sum("displacement")).isCloseTo(76209.5, within(1e-6));
        assertThat(complete.sum("horsepower")).isEqualTo(40952);
        assertThat(complete.sum("weight")).isEqualTo(1167213);
        assertThat(complete.sum("acceleration")).isCloseTo(6092.2, within(1e-6));
        assertThat(complete.sum("model_year")).isEqualTo(29784);
    }
}
