package dev.starling.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlTest {
    @Test
    void escapesWhatHtmlWouldRead() {
        assertThat(Html.escape("<script>a & \"b\" & 'c'</script>"))
                .isEqualTo("&lt;script&gt;a &amp; &quot;b&quot; &amp; &#39;c&#39;&lt;/script&gt;");
    }

    @Test
    void escapesCellsAndHeads() {
        assertThat(Html.table(List.of("<h>"), List.of(List.of("<r>", "<c>"))))
                .isEqualTo(
                        "<table>\n<tr><th>&lt;h&gt;</th></tr>\n<tr><th>&lt;r&gt;</th><td>&lt;c&gt;</td></tr>\n</table>\n");
    }

    @Test
    void showsFourSignificantDigits() {
        assertThat(List.of(0.0, 0.98765, 12.3456, 1234.56, 0.00123456, -2.5).stream()
                        .map(Html::number))
                .containsExactly("0.000", "0.9877", "12.35", "1235", "0.001235", "-2.500");
        assertThat(Html.number(1.23456e-7)).isEqualTo("1.235e-07");
        assertThat(Html.number(1.23456e12)).isEqualTo("1.235e+12");
        assertThat(Html.number(Double.NaN)).isEqualTo("–");
    }
}
