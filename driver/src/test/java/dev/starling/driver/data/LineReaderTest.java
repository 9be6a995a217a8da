package dev.starling.driver.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    /** Gives bytes in small pieces, as a network may. */
    private static InputStream dripping(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(length, 7));
            }
        };
    }

    private static List<String> lines(String text) throws IOException {
        List<String> lines = new ArrayList<>();
        try (LineReader reader = new LineReader(dripping(text), 0, 0)) {
            while (reader.next()) {
                lines.add(new String(
                        reader.bytes(), reader.start(), reader.end() - reader.start(), StandardCharsets.UTF_8));
                assertThat(reader.number()).isEqualTo(lines.size());
            }
        }
        return lines;
    }

    @Test
    void endsLinesAtLineFeedsWithOrWithoutCarriageReturns() throws IOException {
        assertThat(lines("a\nb\r\n\nc")).containsExactly("a", "b", "", "c");
        assertThat(lines("a\n")).containsExactly("a");
        assertThat(lines("")).isEmpty();
    }

    @Test
    void leavesOutAByteOrderMarkAtTheBeginningOnly() throws IOException {
        assertThat(lines("\uFEFFa\n\uFEFFb")).containsExactly("a", "\uFEFFb");
    }

    @Test
    void readsLinesLongerThanItsBuffer() throws IOException {
        String longLine = "é".repeat(200_000);
        assertThat(lines("a\n" + longLine + "\nb\n" + longLine)).containsExactly("a", longLine, "b", longLine);
    }

    @Test
    void tellsWhereTheNextLineBegins() throws IOException {
        String text = String.join(
                "\n", IntStream.range(0, 100_000).mapToObj(String::valueOf).toList());
        try (LineReader reader = new LineReader(dripping(text), 0, 0)) {
            while (reader.next() && reader.number() < 90_001) {
                assertThat(reader.isBlank()).isFalse();
            }
            assertThat(text.substring((int) reader.nextOffset())).startsWith("90001\n");
        }
    }
}
