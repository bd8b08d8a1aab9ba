package dev.nightjar.tokenizer.jinja.text;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a value is to be laid out: Python's format specification {@code
 * [[fill]align][sign][#][0][width][,][.precision][type]}.
 *
 * @param fill what fills up to the width
 * @param align one of {@code < > ^ =}, if given
 * @param sign one of {@code + -} and space
 * @param isAlternate whether there is a {@code #}
 * @param width the least number of characters
 * @param grouping the separator of thousands, or nothing
 * @param precision digits after the point, or characters kept
 * @param type the letter at its end, or nothing
 */
public record FormatSpec(
        String fill,
        Optional<String> align,
        char sign,
        boolean isAlternate,
        int width,
        String grouping,
        OptionalInt precision,
        String type) {

    /** No more than this many digits or fill characters: prompts have no use for more. */
    public static final int MAX_SIZE = 1000;

    private static final Pattern FORM =
            Pattern.compile(
                    "(?s)(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\\d{1,9})?([,_])?(?:\\.(\\d{1,9}))?"
                            + "([a-zA-Z%])?");

    private static final int GROUP = 3;
    private static final int PERCENT = 100;

    /** The specification in a text; empty if it is none, or exceeds {@link #MAX_SIZE}. */
    public static Optional<FormatSpec> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        boolean isZeroFilled = form.group(5) != null;
        String fill = form.group(1) != null ? form.group(1) : isZeroFilled ? "0" : " ";
        Optional<String> align =
                Optional.ofNullable(form.group(2)).or(() -> zeroAlign(isZeroFilled));
        int width = form.group(6) == null ? 0 : Integer.parseInt(form.group(6));
        OptionalInt precision =
                form.group(8) == null
                        ? OptionalInt.empty()
                        : OptionalInt.of(Integer.parseInt(form.group(8)));
        if (Math.max(width, precision.orElse(0)) > MAX_SIZE) {
            return Optional.empty();
        }
        return Optional.of(
                new FormatSpec(
                        fill,
                        align,
                        form.group(3) == null ? '-' : form.group(3).charAt(0),
                        form.group(4) != null,
                        width,
                        orEmpty(form.group(7)),
                        precision,
                        orEmpty(form.group(9))));
    }

    private static Optional<String> zeroAlign(boolean isZeroFilled) {
        return isZeroFilled ? Optional.of("=") : Optional.empty();
    }

    private static String orEmpty(String group) {
        return group == null ? "" : group;
    }

    /** A text in this layout; empty if the type is not one of texts. */
    public Optional<String> text(String value) {
        boolean isText = type.isEmpty() || type.equals("s");
        if (!isText || align.equals(Optional.of("=")) && !fill.equals("0")) {
            return Optional.empty();
        }
        int length = CodePoints.length(value);
        String kept = CodePoints.substring(value, 0, Math.min(length, precision.orElse(length)));
        return Optional.of(pad("", kept, align.filter(a -> !a.equals("=")).orElse("<")));
    }

    /** An integer in this layout; empty if the type is none of numbers. */
    public Optional<String> integer(BigInteger value) {
        String digits =
                switch (type) {
                    case "", "d", "n" -> value.abs().toString();
                    case "x" -> (isAlternate ? "0x" : "") + value.abs().toString(16);
                    case "X" ->
                            (isAlternate ? "0X" : "") + CaseMapping.upper(value.abs().toString(16));
                    case "o" -> (isAlternate ? "0o" : "") + value.abs().toString(8);
                    case "b" -> (isAlternate ? "0b" : "") + value.abs().toString(2);
                    default -> "";
                };
        if (digits.isEmpty()) {
            return "eEfFgG%".contains(type) ? real(value.doubleValue()) : Optional.empty();
        }
        return precision.isPresent()
                ? Optional.empty()
                : Optional.of(number(value.signum() < 0, digits));
    }

    /** A floating-point number in this layout; empty if the type is none of those. */
    public Optional<String> real(double value) {
        int digits = precision.orElse(6);
        String text =
                switch (type) {
                    case "" ->
                            precision.isEmpty()
                                    ? DecimalText.repr(value)
                                    : DecimalText.general(value, digits);
                    case "e", "E" -> DecimalText.scientific(value, digits);
                    case "f", "F" -> DecimalText.fixed(value, digits);
                    case "g", "G", "n" -> DecimalText.general(value, digits);
                    case "%" -> DecimalText.fixed(value * PERCENT, digits) + "%";
                    default -> "";
                };
        if (text.isEmpty()) {
            return Optional.empty();
        }
        boolean isNegative = text.startsWith("-");
        String size = isNegative ? text.substring(1) : text;
        return Optional.of(
                number(isNegative, "EFG".contains(type) ? CaseMapping.upper(size) : size));
    }

    private String number(boolean isNegative, String digits) {
        String prefix = isNegative ? "-" : sign == '-' ? "" : Character.toString(sign);
        return pad(prefix, grouped(digits), align.orElse(">"));
    }

    private String grouped(String digits) {
        if (grouping.isEmpty()) {
            return digits;
        }
        int end = 0;
        while (end < digits.length() && Character.isDigit(digits.charAt(end))) {
            end++;
        }
        StringBuilder grouped = new StringBuilder(digits);
        for (int i = end - GROUP; i > 0; i -= GROUP) {
            grouped.insert(i, grouping);
        }
        return grouped.toString();
    }

    private String pad(String prefix, String text, String where) {
        int missing = Math.max(0, width - CodePoints.length(prefix) - CodePoints.length(text));
        return switch (where) {
            case "<" -> prefix + text + fill.repeat(missing);
            case "^" ->
                    fill.repeat(missing / 2) + prefix + text + fill.repeat(missing - missing / 2);
            case "=" -> prefix + fill.repeat(missing) + text;
            default -> fill.repeat(missing) + prefix + text;
        };
    }
}
