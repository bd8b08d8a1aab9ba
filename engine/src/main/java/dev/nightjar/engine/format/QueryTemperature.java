package dev.nightjar.engine.format;

/**
 * Attention scores that grow with the position of the query, so that attention stays sharp over
 * long contexts: their factor is {@code 1 + scale * ln(1 + floor(position / length))}.
 *
 * @param scale growth per e-fold
 * @param length positions before the factor leaves 1; above 0
 */
public record QueryTemperature(double scale, int length) {

    /** The factor on the scores of a query. */
    public double factor(int position) {
        return 1 + scale * Math.log(1.0 + position / length);
    }
}
