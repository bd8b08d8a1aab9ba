package dev.nightjar.engine.tabular;

/** The floating-point type that a library computes with. */
public enum Precision {
    FLOAT,
    DOUBLE;

    /** A value as this type holds it. */
    public double round(double value) {
        return this == FLOAT ? (float) value : value;
    }

    /** The type of values. */
    public ValueType type() {
        return this == FLOAT ? ValueType.FLOAT32 : ValueType.FLOAT64;
    }
}
