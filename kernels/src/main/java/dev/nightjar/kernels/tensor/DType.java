package dev.nightjar.kernels.tensor;

import java.util.Optional;

/**
 * Element and block types as checkpoints name them. A block of {@link #blockSize()} consecutive
 * elements of a row occupies {@link #blockBytes()} bytes. Ids are those of the GGUF format; types
 * that only other file formats know have none.
 *
 * <p>Every type that a file may name is listed so that files can be inspected and sized; which of
 * them can be computed with is decided by the block formats of package {@code quant}.
 */
public enum DType {
    F32(0, 1, 4),
    F16(1, 1, 2),
    Q4_0(2, 32, 18),
    Q4_1(3, 32, 20),
    Q5_0(6, 32, 22),
    Q5_1(7, 32, 24),
    Q8_0(8, 32, 34),
    Q8_1(9, 32, 36),
    Q2_K(10, 256, 84),
    Q3_K(11, 256, 110),
    Q4_K(12, 256, 144),
    Q5_K(13, 256, 176),
    Q6_K(14, 256, 210),
    Q8_K(15, 256, 292),
    IQ2_XXS(16, 256, 66),
    IQ2_XS(17, 256, 74),
    IQ3_XXS(18, 256, 98),
    IQ1_S(19, 256, 50),
    IQ4_NL(20, 32, 18),
    IQ3_S(21, 256, 110),
    IQ2_S(22, 256, 82),
    IQ4_XS(23, 256, 136),
    I8(24, 1, 1),
    I16(25, 1, 2),
    I32(26, 1, 4),
    I64(27, 1, 8),
    F64(28, 1, 8),
    IQ1_M(29, 256, 56),
    BF16(30, 1, 2),
    TQ1_0(34, 256, 54),
    TQ2_0(35, 256, 66),
    MXFP4(39, 32, 17),
    NVFP4(40, 64, 36),
    Q1_0(41, 128, 18),
    Q2_0(42, 64, 18),
    F8_E4M3(-1, 1, 1),
    F8_E5M2(-1, 1, 1),
    U8(-1, 1, 1),
    U16(-1, 1, 2),
    U32(-1, 1, 4),
    U64(-1, 1, 8),
    BOOL(-1, 1, 1);

    private static final DType[] BY_ID = new DType[64];

    static {
        for (DType type : values()) {
            if (type.hasGgufId()) {
                BY_ID[type.ggufId] = type;
            }
        }
    }

    private final int ggufId;
    private final int blockSize;
    private final int blockBytes;

    DType(int ggufId, int blockSize, int blockBytes) {
        this.ggufId = ggufId;
        this.blockSize = blockSize;
        this.blockBytes = blockBytes;
    }

    /** The type with this GGUF id, or empty when no type has it. */
    public static Optional<DType> ofGgufId(int id) {
        return id >= 0 && id < BY_ID.length ? Optional.ofNullable(BY_ID[id]) : Optional.empty();
    }

    /** Whether a GGUF file can hold this type. */
    public boolean hasGgufId() {
        return ggufId >= 0;
    }

    /**
     * The number that names this type in a GGUF file.
     *
     * @throws IllegalStateException if it has none
     */
    public int ggufId() {
        if (!hasGgufId()) {
            throw new IllegalStateException(
                    "GGUF has no type %s; convert the tensor first".formatted(this));
        }
        return ggufId;
    }

    /** Elements per block; 1 for plain types. */
    public int blockSize() {
        return blockSize;
    }

    /** Bytes per block. */
    public int blockBytes() {
        return blockBytes;
    }

    /**
     * Bytes that {@code numElements} consecutive elements occupy.
     *
     * @throws IllegalArgumentException if they do not fill whole blocks
     * @throws ArithmeticException if the size exceeds a long
     */
    public long bytesFor(long numElements) {
        if (numElements < 0 || numElements % blockSize != 0) {
            throw new IllegalArgumentException(
                    "%s holds blocks of %d elements; %d elements do not fill whole blocks"
                            .formatted(this, blockSize, numElements));
        }
        return Math.multiplyExact(numElements / blockSize, (long) blockBytes);
    }
}
