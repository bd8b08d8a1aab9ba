package dev.nightjar.kernels.cpu.simd.vector;

import java.util.Optional;
import jdk.incubator.vector.FloatVector;

/** Which vector width to use; decided before any species is made. */
public final class VectorWidth {

    /** Forces a width in bits, for tests: 128, 256 or 512. */
    public static final String PROPERTY = "nightjar.vector.bits";

    /**
     * Permits to force vectors that the processor does not have; they are objects then, some
     * thousand times slower, and give the same results. For tests.
     */
    private static final String EMULATED = "nightjar.vector.emulated";

    private static final int MAX_BITS = 512;

    private VectorWidth() {}

    /** Width of the vectors in use; meaningful where there is no {@link #problem()}. */
    public static int bits() {
        return choose(System.getProperty(PROPERTY), preferredBits());
    }

    /** Why the forced or preferred width cannot be used here, and what to do. */
    public static Optional<String> problem() {
        Optional<String> problem = problem(System.getProperty(PROPERTY), preferredBits());
        return isEmulated() ? Optional.empty() : problem;
    }

    /** Whether the vectors in use are wider than the processor's, and that is permitted. */
    public static boolean isEmulated() {
        return Boolean.getBoolean(EMULATED) && preferredBits() >= 128 && bits() > preferredBits();
    }

    private static int preferredBits() {
        return FloatVector.SPECIES_PREFERRED.vectorBitSize();
    }

    /** The width forced by {@code property}, or the preferred one, at most 512. */
    static int choose(String property, int preferredBits) {
        return property == null ? Math.min(preferredBits, MAX_BITS) : Integer.parseInt(property);
    }

    /** What is wrong with that choice. */
    public static Optional<String> problem(String property, int preferredBits) {
        if (preferredBits < 128) {
            return Optional.of(
                    "vectors of 128 bits are needed, this processor prefers " + preferredBits);
        }
        if (property == null) {
            return Optional.empty();
        }
        if (!property.matches("128|256|512")) {
            return Optional.of(
                    "-D%s must be 128, 256 or 512, found %s".formatted(PROPERTY, property));
        }
        if (Integer.parseInt(property) > preferredBits) {
            return Optional.of(
                    "-D%s=%s is wider than the %d bits of this processor; leave it out or lower it"
                            .formatted(PROPERTY, property, preferredBits));
        }
        return Optional.empty();
    }
}
