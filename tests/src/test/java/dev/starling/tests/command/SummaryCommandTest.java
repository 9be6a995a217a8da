package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.tests.Checkout;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryCommandTest {
    private static Result summary(String experiment) {
        Result result = new Shell(Checkout.path("conf/experiments"), Map.of()).run("summary", experiment);
        assertThat(result.status()).as(result.err()).isZero();
        return result;
    }

    /** 2·4 + 4, 4·4 + 4, 4·1 + 1. */
    @Test
    void theNotesNetHas12And20And5Parameters() {
        String text = summary("xor.yaml").out();
        assertThat(text.lines().filter(line -> line.contains("(dense)")))
                .satisfiesExactly(
                        line -> assertThat(line).containsPattern("\\(None, 4\\) +12 "),
                        line -> assertThat(line).containsPattern("\\(None, 4\\) +20 "),
                        line -> assertThat(line).containsPattern("\\(None, 1\\) +5 "));
        assertThat(text).contains("Total params: 37");
    }

    /** Without the variable that its data need, for the input's shape is given. */
    @Test
    void theCoursesConvolutionalNetHas1679082() {
        assertThat(summary("fashion-cnn.yaml").out()).contains("Total params: 1,679,082");
    }
}
