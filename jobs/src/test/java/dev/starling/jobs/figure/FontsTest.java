package dev.starling.jobs.figure;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.InvalidInput;
import org.junit.jupiter.api.Test;

class FontsTest {
    /** What Java 17 throws where libfontconfig is missing. */
    @Test
    void aMachineWithoutFontsIsToldWhatItLacks() {
        assertThatThrownBy(() -> Fonts.require(() -> {
                    throw new RuntimeException("Fontconfig head is null, check your fonts or fonts configuration");
                }))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith(
                        "Cannot draw report.figures: Java finds no fonts on this machine, Fontconfig head is null")
                .hasMessageContaining("fontconfig and fonts-dejavu-core; or report.figures left out");
    }

    @Test
    void librariesThatDoNotLoadAreTheSame() {
        assertThatThrownBy(() -> Fonts.require(() -> {
                    throw new UnsatisfiedLinkError("libfreetype.so.6: cannot open shared object file");
                }))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("libfreetype.so.6");
    }

    @Test
    void aMachineWithFontsDraws() {
        assertThatCode(Fonts::require).doesNotThrowAnyException();
    }
}
