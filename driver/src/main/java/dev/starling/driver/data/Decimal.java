package dev.starling.driver.data;

import java.nio.charset.StandardCharsets;

/**
 * Decimal numbers from bytes. Most are taken by Clinger's fast path ("How to read floating point numbers accurately", 1990): a significand below
 * 2⁵³ times or divided by an exact power of ten is rounded once, so it is what {@link Double#parseDouble} gives; the rest goes there.
 */
final class Decimal {
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    private static final int EXACT_DIGITS = 15;

    private Decimal() {}

    /** The number, or NaN if the text is not a finite one. Signs, a point and an exponent are allowed; hexadecimal and Java's suffixes are not. */
    static double parse(byte[] text, int start, int end) {
        int at = start;
        boolean negative = at < end && text[at] == '-';
        if (negative || (at < end && text[at] == '+')) {
            at++;
        }
        long significand = 0;
        int digits = 0;
        int seen = 0;
        int scale = 0;
        boolean point = false;
        for (; at < end; at++) {
            int digit = text[at] - '0';
            if (digit >= 0 && digit <= 9) {
                seen++;
                digits += digits > 0 || digit > 0 ? 1 : 0;
                significand = 10 * significand + digit;
                scale += point ? 1 : 0;
                if (digits > EXACT_DIGITS) {
                    return slow(text, start, end);
                }
            } else if (text[at] == '.' && !point) {
                point = true;
            } else {
                return seen > 0 && (text[at] | 0x20) == 'e' ? slow(text, start, end) : Double.NaN;
            }
        }
        if (seen == 0) {
            return Double.NaN;
        }
        if (scale >= POWERS.length) {
            return slow(text, start, end);
        }
        double value = significand / POWERS[scale];
        return negative ? -value : value;
    }

    private static double slow(byte[] text, int start, int end) {
        for (int i = start; i < end; i++) {
            byte b = text[i];
            if ((b < '0' || b > '9') && b != '.' && b != '-' && b != '+' && b != 'e' && b != 'E') {
                return Double.NaN;
            }
        }
        try {
            double value = Double.parseDouble(new String(text, start, end - start, StandardCharsets.ISO_8859_1));
            return Double.isInfinite(value) ? Double.NaN : value;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
