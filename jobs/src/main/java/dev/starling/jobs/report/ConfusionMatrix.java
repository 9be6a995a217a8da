package dev.starling.jobs.report;

import dev.starling.worker.metrics.ClassTable;
import java.util.List;
import java.util.Locale;

/** Which class was taken for which, as a table whose cells are the darker the larger their part of the row. */
final class ConfusionMatrix {
    /** With more classes than this, numbers no longer fit: a cell shows its colour, and its number when pointed at. */
    private static final int NUMBERS_UP_TO = 25;

    private ConfusionMatrix() {}

    static String html(ClassTable table) {
        List<String> names = table.rows().stream().map(ClassTable.Row::name).toList();
        boolean numbers = names.size() <= NUMBERS_UP_TO;
        StringBuilder html = new StringBuilder("<table class=\"confusion\">\n<tr><th>true ↓ predicted →</th>");
        for (String name : names) {
            html.append("<th class=\"column\">")
                    .append(Html.escape(numbers ? name : ""))
                    .append("</th>");
        }
        html.append("</tr>\n");
        for (int row = 0; row < table.confusion().size(); row++) {
            html.append("<tr><th>").append(Html.escape(names.get(row))).append("</th>");
            List<Long> cells = table.confusion().get(row);
            long total = cells.stream().mapToLong(Long::longValue).sum();
            for (int column = 0; column < cells.size(); column++) {
                String title = names.get(row) + " taken for " + names.get(column) + ": " + cells.get(column);
                html.append(cell(cells.get(column), total, row == column, title, numbers));
            }
            html.append("</tr>\n");
        }
        return html.append("</table>\n").toString();
    }

    private static String cell(long count, long rowTotal, boolean right, String title, boolean number) {
        double part = rowTotal == 0 ? 0 : (double) count / rowTotal;
        // The square root keeps a mistake of one in a hundred visible.
        double shade = Math.sqrt(part);
        String color = right ? "37,99,168" : "192,57,43";
        return String.format(
                Locale.ROOT,
                "<td style=\"background:rgba(%s,%.3f);color:%s\" title=\"%s\">%s</td>",
                color,
                shade,
                shade > 0.6 ? "#fff" : "#222",
                Html.escape(title),
                number ? Long.toString(count) : "");
    }
}
