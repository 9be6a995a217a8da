package dev.starling.jobs.inspection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.driver.evaluation.Codes;
import dev.starling.driver.store.Json;
import dev.starling.worker.inspection.PrincipalComponents;

/** {@code inspection.json}: the summary. */
final class InspectionJson {
    private InspectionJson() {}

    static String write(Inspection inspection, Projections projections, Learned learned) {
        ObjectNode root = Json.object();
        Codes shown = inspection.shown();
        root.put("layer", inspection.layer());
        root.put("units", shown.codeSize());
        root.put("split", inspection.split().label());
        root.put("rows", shown.rows());
        root.put("fittedRows", inspection.fitted().rows());
        activation(root.putObject("activation"), shown);
        PrincipalComponents components = projections.components();
        ArrayNode explained = root.putObject("pca").putArray("explainedVariance");
        for (double variance : components.variances()) {
            explained.add(variance / Math.max(components.totalVariance(), Double.MIN_NORMAL));
        }
        projections.separations().ifPresent(found -> root.putObject("linearClassifier")
                .put("codeAccuracy", found.code())
                .put("pcaAccuracy", found.components()));
        ArrayNode spectrum = root.putArray("singularValues");
        for (double value : learned.meanSpectrum()) {
            spectrum.add(value);
        }
        learned.error().ifPresent(error -> root.put("meanSquaredError", error));
        return Json.text(root);
    }

    /** Over the shown rows: the mean of all units, that of the least and the most active one, and the share of units that give the same for all rows. */
    private static void activation(ObjectNode into, Codes rows) {
        int units = rows.codeSize();
        double[] means = new double[units];
        boolean[] varies = new boolean[units];
        for (int row = 0; row < rows.rows(); row++) {
            for (int unit = 0; unit < units; unit++) {
                float value = rows.codes()[row * units + unit];
                means[unit] += (double) value / rows.rows();
                varies[unit] |= value != rows.codes()[unit];
            }
        }
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        int still = 0;
        for (int unit = 0; unit < units; unit++) {
            sum += means[unit];
            least = Math.min(least, means[unit]);
            most = Math.max(most, means[unit]);
            still += varies[unit] ? 0 : 1;
        }
        into.put("mean", sum / units)
                .put("least", least)
                .put("most", most)
                .put("constantUnits", (double) still / units);
    }
}
