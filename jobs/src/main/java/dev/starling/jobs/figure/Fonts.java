package dev.starling.jobs.figure;

import dev.starling.worker.InvalidInput;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** Whether Java can write letters into pictures, which takes libraries and fonts of the system. */
final class Fonts {
    private static final String HEADLESS = "java.awt.headless";

    private Fonts() {}

    /** Pictures need no display, and one that is named but does not answer would fail them. Does nothing where it was said already. */
    static void withoutDisplay() {
        if (System.getProperty(HEADLESS) == null) {
            System.setProperty(HEADLESS, "true");
        }
    }

    /** @throws InvalidInput if letters cannot be drawn on this machine */
    static void require() {
        require(Fonts::drawLetters);
    }

    /** @param drawing of letters */
    static void require(Runnable drawing) {
        withoutDisplay();
        try {
            drawing.run();
        } catch (RuntimeException | LinkageError | InternalError e) { // What Java throws depends on what is missing.
            throw new InvalidInput(
                    "Cannot draw report.figures: Java finds no fonts on this machine, " + reason(e)
                            + " (expected the libraries fontconfig and freetype and a font, such as Debian's packages fontconfig and fonts-dejavu-core; or report.figures left out)");
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static void drawLetters() {
        Graphics2D graphics = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB).createGraphics();
        try {
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
            graphics.drawString("axis", 2, 14);
        } finally {
            graphics.dispose();
        }
    }
}
