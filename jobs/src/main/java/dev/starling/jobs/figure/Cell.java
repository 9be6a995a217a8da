package dev.starling.jobs.figure;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import org.knowm.xchart.style.markers.Marker;

/** A cell of a plane that is divided into equal ones each way; larger by a pixel, so that no gaps show. */
final class Cell extends Marker {
    private final int cells;

    Cell(int cells) {
        this.cells = cells;
    }

    @Override
    public void paint(Graphics2D graphics, double across, double up, int markerSize) {
        Rectangle plot = graphics.getClipBounds();
        double width = plot == null ? markerSize : plot.getWidth() / cells + 1;
        double height = plot == null ? markerSize : plot.getHeight() / cells + 1;
        graphics.fill(new Rectangle2D.Double(across - width / 2, up - height / 2, width, height));
    }
}
