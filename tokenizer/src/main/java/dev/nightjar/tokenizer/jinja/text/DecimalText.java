package dev.nightjar.tokenizer.jinja.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Floating-point numbers as Python writes them. */
public final class DecimalText {
    /** {@code repr} leaves the plain form below and from these powers of ten. */
    private static final int MIN_PLAIN = -4;

    private static final int MAX_PLAIN = 16;

    private DecimalText() {}

    /** The shortest digits that read back as the same number: {@code repr}. */
    public static String repr(double value) {
        if (!Double.isFinite(value)) {
            return nonFinite(value);
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = exponent(decimal);
        if (exponent >= MIN_PLAIN && exponent < MAX_PLAIN) {
            return decimal.setScale(Math.max(1, decimal.scale())).toPlainString();
        }
        return scientific(decimal, decimal.precision() - 1, "e");
    }

    /** With this many digits after the point: {@code %f}. */
    public static String fixed(double value, int digits) {
        return Double.isFinite(value)
                ? signed(value, exact(value).setScale(digits, RoundingMode.HALF_EVEN))
                : nonFinite(value);
    }

    /** With one digit before the point and this many after: {@code %e}. */
    public static String scientific(double value, int digits) {
        if (!Double.isFinite(value)) {
            return nonFinite(value);
        }
        BigDecimal rounded =
                exact(value).round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
        String text = scientific(rounded, digits, "e");
        return value == 0 && 1 / value < 0 ? "-" + text : text;
    }

    /** With this many significant digits in the shorter of both forms: {@code %g}. */
    public static String general(double value, int digits) {
        if (!Double.isFinite(value)) {
            return nonFinite(value);
        }
        int precision = Math.max(1, digits);
        BigDecimal rounded = exact(value).round(new MathContext(precision, RoundingMode.HALF_EVEN));
        int exponent = rounded.signum() == 0 ? 0 : exponent(rounded);
        if (exponent >= MIN_PLAIN && exponent < precision) {
            return withoutZeros(fixed(value, precision - 1 - exponent));
        }
        String text = scientific(value, precision - 1);
        int mark = text.indexOf('e');
        return withoutZeros(text.substring(0, mark)) + text.substring(mark);
    }

    private static String withoutZeros(String text) {
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }

    private static BigDecimal exact(double value) {
        return new BigDecimal(value);
    }

    private static String signed(double value, BigDecimal rounded) {
        boolean isNegative = value < 0 || value == 0 && 1 / value < 0;
        return (isNegative ? "-" : "") + rounded.abs().toPlainString();
    }

    private static String scientific(BigDecimal value, int digits, String mark) {
        int exponent = value.signum() == 0 ? 0 : exponent(value);
        StringBuilder text = new StringBuilder(value.unscaledValue().abs().toString());
        while (text.length() < digits + 1) {
            text.append('0');
        }
        text.setLength(digits + 1);
        if (digits > 0) {
            text.insert(1, '.');
        }
        int size = Math.abs(exponent);
        return (value.signum() < 0 ? "-" : "")
                + text
                + mark
                + (exponent < 0 ? "-" : "+")
                + (size < 10 ? "0" : "")
                + size;
    }

    private static int exponent(BigDecimal value) {
        return value.precision() - value.scale() - 1;
    }

    private static String nonFinite(double value) {
        return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
}
