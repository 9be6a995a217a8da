package dev.starling.jobs.report;

import java.util.List;
import java.util.Locale;

/** Text for HTML and SVG. */
final class Html {
    private Html() {}

    /** For element content and for attributes in either kind of quotes. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    static String heading(String text) {
        return "<h2>" + escape(text) + "</h2>\n";
    }

    static String paragraph(String text) {
        return "<p>" + escape(text) + "</p>\n";
    }

    /** The first cell of a row is its heading. */
    static String table(List<String> head, List<List<String>> rows) {
        StringBuilder html = new StringBuilder("<table>\n");
        if (!head.isEmpty()) {
            html.append("<tr>");
            head.forEach(cell -> html.append("<th>").append(escape(cell)).append("</th>"));
            html.append("</tr>\n");
        }
        for (List<String> row : rows) {
            html.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                String kind = i == 0 ? "th" : "td";
                html.append('<').append(kind).append('>').append(escape(row.get(i)));
                html.append("</").append(kind).append('>');
            }
            html.append("</tr>\n");
        }
        return html.append("</table>\n").toString();
    }

    /** Four significant digits, without an exponent where that is readable. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e7)) {
            return String.format(Locale.ROOT, "%.3e", value);
        }
        int digits = size == 0 ? 0 : (int) Math.floor(Math.log10(size));
        return String.format(Locale.ROOT, "%." + Math.min(7, Math.max(0, 3 - digits)) + "f", value);
    }
}
