package dev.starling.driver.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
    private static double parse(String text) {
        byte[] bytes = ("x" + text + "9").getBytes(StandardCharsets.UTF_8);
        return Decimal.parse(bytes, 1, bytes.length - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "+1",
                "1.",
                ".5",
                "007",
                "1e4",
                "-1.5E-3",
                "123456789012345",
                "1234567890123456",
                "0.1",
                "9007199254740993",
                "0.000000000000000000000000000001",
                "4.9e-324",
                "1e-400",
                "1.7976931348623157e308",
                "0000000000000000000000.5",
                "0.3000000000000000166533453694"
            })
    void readsWhatJavaReads(String text) {
        assertThat(parse(text)).isEqualTo(Double.parseDouble(text));
    }

    @Test
    void readsRandomDecimalsToTheBit() {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            BigInteger digits = new BigInteger(1 + random.nextInt(60), random);
            String text = new BigDecimal(digits, random.nextInt(25)).toPlainString();
            assertThat(parse(text)).as(text).isEqualTo(Double.parseDouble(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "e5",
                "1e",
                "1e999",
                "NaN",
                "Infinity",
                "0x1p3",
                "1d",
                "1f",
                "1 2",
                "1,5",
                "--1",
                "1.2.3",
                "½"
            })
    void givesNoNumberForAnythingElse(String text) {
        assertThat(parse(text)).isNaN();
    }
}
