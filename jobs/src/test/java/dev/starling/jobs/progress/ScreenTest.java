package dev.starling.jobs.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    /** Without wrapping, so that each line takes one row. */
    private static String drawn(String text) {
        return "\u001b[?7l" + text + "\u001b[?7h";
    }

    @Test
    void withoutATerminalThereAreOnlyLines() {
        Screen screen = new Screen(out, Optional.empty());
        screen.draw("bar");
        screen.line("epoch 1");
        screen.erase();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("epoch 1\n");
    }

    @Test
    void onATerminalALineTakesThePlaceOfTheBar() {
        Screen screen = new Screen(out, Optional.of(Terminal.USUAL));
        screen.draw("bar");
        screen.line("epoch 1");
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\u001b[K" + drawn("bar") + "\r\u001b[Kepoch 1\n");
    }

    @Test
    void aMutedScreenTakesTheBarAwayAndSaysNoMore() {
        Screen screen = new Screen(out, Optional.of(Terminal.USUAL));
        screen.draw("bar");
        screen.mute();
        screen.line("not finished");
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("\r\u001b[K" + drawn("bar") + "\r\u001b[K");
    }

    @Test
    void drawsNoMoreThanTenTimesASecond() {
        Screen screen = new Screen(out, Optional.of(Terminal.USUAL));
        for (int i = 0; i < 1000; i++) {
            screen.draw("bar");
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("\r\u001b[K" + drawn("bar"));
    }

    @Test
    void severalLinesAreAllTakenAway() {
        Screen screen = new Screen(out, Optional.of(Terminal.USUAL));
        screen.draw(List.of("one", "two", "three"));
        screen.line("epoch 1");
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\u001b[K" + drawn("one\ntwo\nthree")
                        + "\r\u001b[K\u001b[1A\u001b[K\u001b[1A\u001b[Kepoch 1\n");
    }

    @Test
    void whatDoesNotFitASmallTerminalIsCutAndAllOfItIsTakenAway() {
        Screen screen = new Screen(out, Optional.of(new Terminal(3, 6)));
        screen.draw(List.of("123456789", "12345", "third"));
        screen.erase();
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\u001b[K" + drawn("12345\n12345") + "\r\u001b[K\u001b[1A\u001b[K");
    }

    @Test
    void theLauncherSaysHowLargeATerminalIs() {
        assertThat(Terminal.parse("")).isEmpty();
        assertThat(Terminal.parse("50 132\n")).contains(new Terminal(50, 132));
        assertThat(Terminal.parse("0 0")).contains(Terminal.USUAL);
        assertThat(Terminal.parse("1")).contains(Terminal.USUAL);
    }
}
