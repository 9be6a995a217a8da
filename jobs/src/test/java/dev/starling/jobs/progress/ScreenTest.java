package dev.starling.jobs.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void withoutATerminalThereAreOnlyLines() {
        Screen screen = new Screen(out, false);
        screen.draw("bar");
        screen.line("epoch 1");
        screen.erase();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("epoch 1\n");
    }

    @Test
    void onATerminalALineTakesThePlaceOfTheBar() {
        Screen screen = new Screen(out, true);
        screen.draw("bar");
        screen.line("epoch 1");
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("\r\u001b[Kbar\r\u001b[Kepoch 1\n");
    }

    @Test
    void aMutedScreenTakesTheBarAwayAndSaysNoMore() {
        Screen screen = new Screen(out, true);
        screen.draw("bar");
        screen.mute();
        screen.line("not finished");
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("\r\u001b[Kbar\r\u001b[K");
    }

    @Test
    void drawsNoMoreThanTenTimesASecond() {
        Screen screen = new Screen(out, true);
        for (int i = 0; i < 1000; i++) {
            screen.draw("bar");
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("\r\u001b[Kbar");
    }

    @Test
    void severalLinesAreAllTakenAway() {
        Screen screen = new Screen(out, true);
        screen.draw(List.of("one", "two", "three"));
        screen.line("epoch 1");
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\u001b[Kone\ntwo\nthree\r\u001b[K\u001b[1A\u001b[K\u001b[1A\u001b[Kepoch 1\n");
    }
}
