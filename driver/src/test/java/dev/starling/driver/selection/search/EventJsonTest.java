package dev.starling.driver.selection.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.driver.selection.search.SweepEvent.Failed;
import dev.starling.driver.selection.search.SweepEvent.Finished;
import dev.starling.driver.selection.search.SweepEvent.Opened;
import dev.starling.driver.selection.search.SweepEvent.Paused;
import dev.starling.driver.selection.search.SweepEvent.Planned;
import dev.starling.driver.selection.search.SweepEvent.Started;
import dev.starling.driver.selection.search.space.Choice;
import dev.starling.driver.selection.search.space.Dimension;
import dev.starling.driver.selection.search.space.Parameter;
import dev.starling.driver.selection.search.space.Point;
import dev.starling.driver.selection.search.space.Space;
import dev.starling.worker.InvalidInput;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventJsonTest {
    private static final Instant TIME = Instant.parse("2024-05-01T12:00:00.5Z");
    private static final Space SPACE = new Space(List.of(
            new Parameter("rate", new Dimension.LogUniform(1e-5, 1)),
            new Parameter("units", new Dimension.Whole(1, 99, 1, false)),
            new Parameter(
                    "optimizer",
                    new Choice(List.of(
                            new Choice.Option("adam", "{adam: {}}", List.of()),
                            new Choice.Option("16", "16", List.of()))))));
    private static final Point POINT = SPACE.parse(Map.of("rate", "0.1", "units", "7", "optimizer", "adam"));

    private static List<SweepEvent> parse(String... lines) {
        return EventJson.parse(List.of(lines), SPACE, "journal.jsonl");
    }

    @Test
    void aLineIsOneObject() {
        assertThat(EventJson.write(new Opened(TIME)))
                .isEqualTo("{\"event\":\"opened\",\"time\":\"2024-05-01T12:00:00.500Z\",\"formatVersion\":1}");
        assertThat(EventJson.write(new Started(TIME, 3, POINT, 0, 9)))
                .isEqualTo(
                        "{\"event\":\"started\",\"time\":\"2024-05-01T12:00:00.500Z\",\"trial\":3,\"from\":0,\"to\":9,"
                                + "\"params\":{\"rate\":0.1,\"units\":7,\"optimizer\":\"adam\"}}");
        assertThat(EventJson.write(new Finished(TIME, 3, 9, List.of(0.5, 0.25), 1.5, true)))
                .isEqualTo("{\"event\":\"finished\",\"time\":\"2024-05-01T12:00:00.500Z\",\"trial\":3,\"epochs\":9,"
                        + "\"seconds\":1.5,\"values\":[0.5,0.25],\"stopped\":true}");
    }

    @Test
    void everyEventIsReadAsItWasWritten() {
        Point other = SPACE.parse(Map.of("rate", String.valueOf(Math.nextUp(0.1)), "units", "99", "optimizer", "16"));
        List<SweepEvent> events = List.of(
                new Opened(TIME),
                new Started(TIME, 0, POINT, 0, 1),
                new Started(TIME, 1, other, 0, 1),
                new Paused(TIME, 0, 1, List.of(1.0 / 3), 0.1),
                new Planned(TIME, 2, other),
                new Failed(TIME, 1, "line\nbreak \"quoted\""),
                new Started(TIME, 0, POINT, 1, 3),
                new Finished(TIME, 0, 3, List.of(Math.nextUp(1.0), -2e-300), 7, false));

        assertThat(parse(events.stream().map(EventJson::write).toArray(String[]::new)))
                .isEqualTo(events);
    }

    @Test
    void eventsAndKeysOfLaterVersionsArePassedOver() {
        assertThat(
                        parse(
                                "{\"event\":\"praised\",\"time\":\"2024-05-01T12:00:00Z\"}",
                                "{\"event\":\"failed\",\"time\":\"2024-05-01T12:00:00.5Z\",\"trial\":1,\"cause\":\"x\",\"new\":1}"))
                .containsExactly(new Failed(TIME, 1, "x"));
    }

    @Test
    void aLineThatDoesNotFitTheSpaceIsToldByItsNumber() {
        assertThatThrownBy(() -> parse(
                        EventJson.write(new Opened(TIME)),
                        EventJson.write(new Started(TIME, 3, POINT, 0, 9)).replace("\"units\":7", "\"units\":100")))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Cannot read journal.jsonl line 2: units is 100 (expected integer [1, 99])");
    }
}
