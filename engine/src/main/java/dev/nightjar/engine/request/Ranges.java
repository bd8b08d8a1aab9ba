package dev.nightjar.engine.request;

/** Checks of parameters, all with the same message. */
final class Ranges {

    private Ranges() {}

    /** Refuses what lies outside, NaN too. */
    static void check(float value, double low, double high, String name) {
        check(
                value >= low && value <= high,
                name,
                "a number from %s to %s".formatted(plain(low), plain(high)),
                value);
    }

    /** Refuses unless valid. */
    static void check(boolean isValid, String name, String expected, Object found) {
        if (!isValid) {
            throw new InvalidRequestException(
                    name, "%s must be %s, found %s".formatted(name, expected, found));
        }
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
