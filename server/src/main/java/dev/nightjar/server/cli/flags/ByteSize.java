package dev.nightjar.server.cli.flags;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * An amount of memory, such as {@code 512M} or {@code 1.5GiB}; units are powers of 1024.
 *
 * @param bytes the amount
 */
public record ByteSize(long bytes) {

    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)([KMGT]?)(?:I?B)?");
    private static final String UNITS = "KMGT";
    private static final int UNIT_BITS = 10;

    /**
     * Reads a number with an optional unit.
     *
     * @throws TypeConversionException if it is none
     */
    public static ByteSize parse(String text) {
        Matcher form = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!form.matches()) {
            throw new TypeConversionException(
                    "expected an amount such as 512M or 2G, found '" + text + "'");
        }
        int unit = form.group(2).isEmpty() ? 0 : UNITS.indexOf(form.group(2)) + 1;
        return new ByteSize((long) (Double.parseDouble(form.group(1)) * (1L << UNIT_BITS * unit)));
    }

    /** With the largest unit that leaves at least one, such as {@code 1.5 GiB}. */
    @Override
    public String toString() {
        int unit = 0;
        double amount = bytes;
        while (amount >= 1 << UNIT_BITS && unit < UNITS.length()) {
            amount /= 1 << UNIT_BITS;
            unit++;
        }
        return unit == 0
                ? bytes + " B"
                : String.format(Locale.ROOT, "%.1f %ciB", amount, UNITS.charAt(unit - 1));
    }
}
