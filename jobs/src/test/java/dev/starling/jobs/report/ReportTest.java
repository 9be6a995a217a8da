package dev.starling.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.store.Provenance;
import dev.starling.driver.store.RunHistory;
import dev.starling.driver.store.RunMetrics;
import dev.starling.worker.data.Split;
import dev.starling.worker.metrics.ClassTable;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ReportTest {
    private static Report report() {
        ClassTable table = new ClassTable(
                List.of(new ClassTable.Row("<cat>", 1, 0.75, 0.857, 4), new ClassTable.Row("dog", 0.5, 1, 0.667, 1)),
                List.of(List.of(3L, 1L), List.of(0L, 1L)));
        RunMetrics metrics = new RunMetrics(
                new TreeMap<>(Map.of(
                        Split.TRAIN, new RunMetrics.SplitMetrics(Map.of("loss", 0.125), Optional.empty()),
                        Split.TEST, new RunMetrics.SplitMetrics(Map.of("loss", 0.25), Optional.of(table)))),
                Optional.of(new RunMetrics.Timing(12, 10, 0.5, 12345.6)));
        RunHistory history = new RunHistory(List.of(
                new RunHistory.Entry(1, Split.TRAIN, "loss", 0.5),
                new RunHistory.Entry(1, Split.VALIDATION, "loss", 0.6),
                new RunHistory.Entry(2, Split.TRAIN, "loss", 0.25),
                new RunHistory.Entry(2, Split.VALIDATION, "loss", 0.4)));
        Provenance provenance = new Provenance(
                1,
                7,
                new Provenance.Data("f00d", new TreeMap<>(Map.of(Split.TRAIN, 80L))),
                new Provenance.Build("abc", new TreeMap<>(Map.of("spark", "3.5.7"))),
                new Provenance.Cluster("local[2]", 2, 2),
                Instant.EPOCH,
                List.of(),
                Optional.empty());
        return new Report(
                "pets-20240501T000000Z-a1",
                "name: pets # <b>\n",
                Optional.of(provenance),
                Optional.of(history),
                Optional.of(metrics),
                Optional.empty(),
                new TreeMap<>(Map.of("curves", new byte[] {1, 2, 3})));
    }

    /** XML's parser refuses what is not closed or not escaped. */
    private static Document parsed(String html) throws Exception {
        String xml = html.replaceFirst("<!DOCTYPE html>", "").replaceAll("(<meta [^>]*)>", "$1/>");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    @Test
    void isWellFormedAndLoadsNothing() throws Exception {
        String html = report().html();
        parsed(html);
        assertThat(html).contains("<img alt=\"curves\" src=\"data:image/png;base64,AQID\"/>");
        assertThat(html.replace("src=\"data:", ""))
                .doesNotContain("http")
                .doesNotContain("src=")
                .doesNotContain("href=")
                .doesNotContain("@import");
    }

    @Test
    void showsCurvesOfTrainAndValidation() throws Exception {
        Document page = parsed(report().html());
        assertThat(page.getElementsByTagName("polyline").getLength()).isEqualTo(2);
        assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(1);
    }

    @Test
    void showsMetricsConfusionExperimentAndProvenance() {
        assertThat(report().html())
                .contains("<td>0.1250</td>")
                .contains("12,346 examples/s")
                .contains("title=\"&lt;cat&gt; taken for dog: 1\">1</td>")
                .contains("<th>dog</th><td>0.5000</td><td>1.000</td><td>0.6670</td><td>1</td>")
                .contains("name: pets # &lt;b&gt;")
                .contains("<th>data fingerprint</th><td>f00d</td>")
                .contains("<th>spark</th><td>3.5.7</td>")
                .doesNotContain("<cat>")
                .doesNotContain("<b>");
    }

    @Test
    void shadesACellByItsPartOfTheRow() {
        // 1 of 4: the square root of a quarter.
        assertThat(report().html())
                .contains("background:rgba(192,57,43,0.500)")
                .contains("background:rgba(37,99,168,1.000)");
    }

    @Test
    void aRunThatFailedHasAPageToo() throws Exception {
        String html = new Report(
                        "r",
                        "seed: 1\n",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new TreeMap<>())
                .html();
        parsed(html);
        assertThat(html).contains("This run is not finished");
    }
}
