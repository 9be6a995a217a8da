package dev.starling.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.selection.search.Objective;
import dev.starling.driver.selection.search.Objective.Measured;
import dev.starling.driver.selection.search.SweepEvent;
import dev.starling.driver.selection.search.SweepResult;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.selection.search.sampler.Search;
import dev.starling.driver.selection.search.space.Parameter;
import dev.starling.driver.selection.search.space.Space;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class SweepReportTest {
    private static final Instant T = Instant.EPOCH;
    private static final Space SPACE = Space.of(
            Parameter.logUniform("training.optimizer.adam.learningRate", 1e-4, 1e-1),
            Parameter.integer("network.layers[0].dense.units", 4, 64),
            Parameter.choice("network.layers[0].dense.activation", "relu", "<tanh>"));
    private static final SweepSpec SPEC =
            SweepSpec.of(SPACE, new Search.Tpe(), new Objective(true, Measured.VALIDATION, "accuracy"), 4);

    /** Trial 0 ends with 0.8, 1 pauses at 0.9 and goes on to 0.95, 2 fails, 3 runs. */
    private static List<SweepEvent> events() {
        List<SweepEvent> events = new ArrayList<>(List.of(new SweepEvent.Opened(T)));
        double[] places = {0.1, 0.5, 0.7, 0.9};
        for (int i = 0; i < 4; i++) {
            double place = places[i];
            events.add(new SweepEvent.Started(
                    T,
                    i,
                    SPACE.draw(group -> group.parameters().stream()
                            .map(p -> p.dimension().at(place))
                            .toList()),
                    0,
                    2));
        }
        events.add(new SweepEvent.Finished(T, 0, 2, List.of(0.7, 0.8), 1.5, false));
        events.add(new SweepEvent.Paused(T, 1, 2, List.of(0.85, 0.9), 1.25));
        events.add(new SweepEvent.Failed(T, 2, "Cannot go on: the loss is <NaN> & worse"));
        events.add(new SweepEvent.Started(T, 1, ((SweepEvent.Started) events.get(2)).point(), 2, 4));
        events.add(new SweepEvent.Finished(T, 1, 4, List.of(0.95, 0.93), 1.25, false));
        return events;
    }

    private static String html() {
        return new SweepReport(SweepResult.of(SPEC, events()), events(), Optional.empty()).html();
    }

    private static Document parsed(String html) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader("<body>" + html + "</body>")));
    }

    @Test
    void tellsTheBestTrialAndWhatBecameOfTheOthers() {
        assertThat(html())
                .contains("4 trials: 1 running, 2 finished, 1 failed; validation.accuracy is to be large.")
                .contains("<h2>Best: trial 1</h2>")
                .contains("<th>validation.accuracy</th><td>0.9500</td>")
                .contains("<th>epochs</th><td>3</td>")
                .contains("This sweep is not finished");
    }

    @Test
    void theBestSoFarRisesInStepsOverTheEpochsThatWereTrained() {
        // 460 × 280 with the area x 56…446, y 240…34; epochs 0 to 6, values 0.80 to 0.96: 0.8 after 2, 0.9 after 4,
        // 0.95 after 6 epochs.
        String curve = html().replaceFirst("(?s).*?<polyline[^>]*points=\"([^\"]*)\".*", "$1");
        String[] places = curve.split(" ");
        assertThat(places).hasSize(5);
        assertThat(places[0]).isEqualTo("186.0,240.0");
        assertThat(places[1]).isEqualTo("316.0,240.0");
        assertThat(places[3]).startsWith("446.0,").endsWith(places[2].substring(places[2].indexOf(',') + 1));
    }

    @Test
    void everyParameterHasAChartInWhichTheBestTrialLiesAbove() throws Exception {
        Document page = parsed(html());
        assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(4);
        assertThat(html()).contains(">1e-3</text>").contains("&lt;tanh&gt;").doesNotContain("<tanh>");
        assertThat(html()).containsPattern("r=\"5.0\" fill=\"#c0392b\"[^>]*><title>trial 1, ");
    }

    @Test
    void trialsStandTheBestFirstAndFailuresWithTheirCause() {
        String table = html().replaceFirst("(?s).*<h2>Trials</h2>", "");
        assertThat(table.indexOf("<th>1</th><td>0.9500</td><td>finished</td><td>4</td><td>2.500</td>"))
                .isPositive()
                .isLessThan(table.indexOf("<th>0</th><td>0.8000</td>"));
        assertThat(table)
                .contains("<th>3</th><td></td><td>running</td><td>0</td>")
                .contains("<th>2</th><td>Cannot go on: the loss is &lt;NaN&gt; &amp; worse</td>");
    }
}
