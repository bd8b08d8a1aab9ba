package dev.nightjar.kernels.cpu.simd.vector;

import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector shapes of all kernels, constants to the compiler. A species wider than the processor
 * would still work, a hundred times slower and without a warning, so it is refused.
 */
public final class VectorShapes {

    /** Width of float vectors. */
    public static final int BITS = VectorWidth.bits();

    /** What kernels compute with. */
    public static final VectorSpecies<Float> FLOATS = species(float.class, BITS);

    /** As many lanes as {@link #FLOATS}. */
    public static final VectorSpecies<Integer> INTS = species(int.class, BITS);

    /** As many lanes as {@link #FLOATS}. */
    public static final VectorSpecies<Short> SHORTS = species(short.class, BITS / 2);

    /** As wide as {@link #FLOATS}, with lanes of 16 bits. */
    public static final VectorSpecies<Short> WORDS = species(short.class, BITS);

    /** As many lanes as {@link #FLOATS}, but at least the eight of the smallest byte vector. */
    public static final VectorSpecies<Byte> BYTES = species(byte.class, Math.max(64, BITS / 4));

    /** Lanes of {@link #FLOATS}. */
    public static final int LANES = FLOATS.length();

    private VectorShapes() {}

    private static <E> VectorSpecies<E> species(Class<E> type, int bits) {
        return VectorSpecies.of(type, VectorShape.forBitSize(bits));
    }

    /** The smallest multiple of {@link #LANES} that is at least {@code n}. */
    public static int padded(int n) {
        return (n + LANES - 1) / LANES * LANES;
    }
}
