package dev.starling.driver.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldReaderTest {
    private static List<String> split(String delimiter, String record) throws IOException {
        byte[] bytes = ("#" + record + "#").getBytes(StandardCharsets.UTF_8);
        FieldReader fields = new FieldReader(delimiter, '"');
        fields.read(bytes, 1, bytes.length - 1);
        return fields.texts();
    }

    @Test
    void keepsEmptyFieldsAndTakesBlanksAway() throws IOException {
        assertThat(split(",", "a,, b ,\tc d\t,")).containsExactly("a", "", "b", "c d", "");
    }

    @Test
    void givesTheSameWithAndWithoutAQuoteInTheRecord() throws IOException {
        assertThat(split(",", "a,, b ,\"x\"")).containsExactly("a", "", "b", "x");
        assertThat(split("\t", "a\t\t b \t\"x\"")).containsExactly("a", "", "b", "x");
    }

    @Test
    void readsQuotesDoubledQuotesAndBlanksInsideThem() throws IOException {
        assertThat(split(";", "\" a;b \";\"say \"\"hi\"\"\";é")).containsExactly(" a;b ", "say \"hi\"", "é");
    }

    @Test
    void splitsAtRunsOfBlanks() throws IOException {
        assertThat(split("whitespace", "  a \t b  ")).containsExactly("a", "b");
        assertThat(split("whitespace", "1 \"two \"\"2\"\" words\"\t3")).containsExactly("1", "two \"2\" words", "3");
    }

    @Test
    void refusesAQuoteThatIsNotClosed() {
        assertThatThrownBy(() -> split(",", "a,\"b")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> split("whitespace", "a \"b")).hasMessage("a quote is not closed");
    }
}
