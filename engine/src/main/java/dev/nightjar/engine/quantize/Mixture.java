package dev.nightjar.engine.quantize;

import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A choice of types for the tensors of a model under the name by which such files are known: most
 * matrices get {@link #defaultType}, some that matter more get more bits; see {@link MixtureRules}.
 */
public enum Mixture {
    F32(DType.F32, 0),
    F16(DType.F16, 1),
    BF16(DType.BF16, 32),
    Q8_0(DType.Q8_0, 7),
    Q4_0(DType.Q4_0, 2),
    Q4_1(DType.Q4_1, 3),
    Q5_0(DType.Q5_0, 8),
    Q5_1(DType.Q5_1, 9),
    Q2_K(DType.Q2_K, 10),
    Q3_K_S(DType.Q3_K, 11),
    Q3_K_M(DType.Q3_K, 12),
    Q3_K_L(DType.Q3_K, 13),
    Q4_K_S(DType.Q4_K, 14),
    Q4_K_M(DType.Q4_K, 15),
    Q5_K_S(DType.Q5_K, 16),
    Q5_K_M(DType.Q5_K, 17),
    Q6_K(DType.Q6_K, 18),
    IQ4_NL(DType.IQ4_NL, 25),
    IQ4_XS(DType.IQ4_XS, 30),
    /** The experts of a mixture of experts, or else all matrices; the rest as Q8_0. */
    MXFP4(DType.MXFP4, 38);

    private final DType defaultType;
    private final int fileType;

    Mixture(DType defaultType, int fileType) {
        this.defaultType = defaultType;
        this.fileType = fileType;
    }

    /**
     * The mixture of this name, in either case; Q3_K, Q4_K and Q5_K stand for their medium variants
     * and MXFP4_MOE for MXFP4.
     *
     * @throws UnknownMixtureException if there is none
     */
    public static Mixture named(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        String full =
                switch (upper) {
                    case "Q3_K", "Q4_K", "Q5_K" -> upper + "_M";
                    case "MXFP4_MOE" -> "MXFP4";
                    default -> upper;
                };
        return Arrays.stream(values())
                .filter(mixture -> mixture.name().equals(full))
                .findFirst()
                .orElseThrow(() -> new UnknownMixtureException(name, names()));
    }

    /** All names. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Mixture::name).toList();
    }

    /** What matrices without a rule of their own get. */
    public DType defaultType() {
        return defaultType;
    }

    /** The number by which GGUF files say which mixture they are ({@code general.file_type}). */
    public int fileType() {
        return fileType;
    }

    /** Whether its values are plain numbers, for which no matrix is an exception. */
    boolean isPlain() {
        return defaultType.blockSize() == 1;
    }

    /**
     * A type by its name, in either case.
     *
     * @throws UnknownMixtureException if there is no such type or it is not written
     */
    static DType type(String name) {
        return BlockFormats.writable().stream()
                .filter(type -> type.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new UnknownMixtureException(
                                        name,
                                        BlockFormats.writable().stream()
                                                .map(DType::name)
                                                .toList()));
    }
}
