package dev.nightjar.engine.format.gguf;

import dev.nightjar.engine.format.HostVector;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.RopeConfig;
import dev.nightjar.engine.format.RopeScaling;
import dev.nightjar.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Maps {@code A.rope.*} to a {@link RopeConfig}. What the keys mean, as the engine that defined the
 * format computes with them:
 *
 * <ul>
 *   <li>{@code freq_base}: theta; 10000 if absent. Some files call it {@code global.freq_base}.
 *   <li>{@code dimension_count}: rotaryDim; the head dimension if absent.
 *   <li>{@code scaling.type}: {@code none}, {@code linear}, {@code yarn} or {@code longrope};
 *       linear if absent. The tensors {@code rope_factors_short.weight} and {@code
 *       rope_factors_long.weight} make it LongRoPE, and nothing else does. Llama 3's scaling has no
 *       key: its divisors are the tensor {@code rope_freqs.weight}, which acts together with any
 *       type.
 *   <li>{@code scaling.factor}, or {@code scale_linear} in older files (read only if the former is
 *       absent): the factor; 0 or absent means 1.
 *   <li>{@code scaling.original_context_length}: originalMaxPositions; the context length if
 *       absent.
 *   <li>{@code scaling.attn_factor}: a further multiplier of sine and cosine, with every type but
 *       YaRN the only one; 1 if absent.
 *   <li>{@code scaling.yarn_log_multiplier} m, 0 if absent: YaRN's own multiplier 1 + 0.1
 *       ln(factor) is divided by 1 + 0.1 m ln(factor).
 *   <li>{@code scaling.yarn_attn_factor}: YaRN's own multiplier once more, or 1 for none stated.
 *   <li>{@code scaling.yarn_beta_fast}, {@code yarn_beta_slow}, {@code yarn_ext_factor}: 32, 1 and
 *       1 if absent; a negative ext factor counts as absent, and with 0 YaRN has no multiplier of
 *       its own.
 * </ul>
 */
final class GgufRopeConfig {
    private static final double DEFAULT_THETA = 10_000;
    private static final double DEFAULT_BETA_FAST = 32;
    private static final double DEFAULT_BETA_SLOW = 1;
    private static final double MAX_MULTIPLIER = 1000;
    private static final int MAX_POSITIONS = 1 << 24;
    private static final double ATTENTION_FACTOR_TOLERANCE = 1e-3;
    private static final String BASE = "rope.freq_base";
    private static final String OTHER_BASE = "rope.global.freq_base";
    private static final String DIMENSIONS = "rope.dimension_count";
    private static final String TYPE = "rope.scaling.type";
    private static final String FACTOR = "rope.scaling.factor";
    private static final String OLD_FACTOR = "rope.scale_linear";
    static final String ORIGINAL_CONTEXT = "rope.scaling.original_context_length";
    private static final String ATTENTION_FACTOR = "rope.scaling.attn_factor";
    private static final String LOG_MULTIPLIER = "rope.scaling.yarn_log_multiplier";
    private static final String YARN_FACTOR = "rope.scaling.yarn_attn_factor";
    private static final String SWITCH = "rope.scaling.finetuned";
    private static final String EXT_FACTOR = "rope.scaling.yarn_ext_factor";

    private final GgufFile file;
    private final GgufKeys keys;
    private final GgufTraits traits;
    private final int maxPositions;

    GgufRopeConfig(GgufFile file, GgufKeys keys, GgufTraits traits, int maxPositions) {
        this.file = file;
        this.keys = keys;
        this.traits = traits;
        this.maxPositions = maxPositions;
    }

    /** Reads the rotary embedding of a model with heads of {@code headDim} dimensions. */
    RopeConfig read(int headDim) {
        boolean switchedOff = keys.contains(SWITCH) && !keys.flag(SWITCH) && isSwitched();
        if (traits.positions() != GgufTraits.Positions.ROTARY || switchedOff) {
            return RopeConfig.none();
        }
        int rotaryDim = keys.optionalSize(DIMENSIONS, headDim).orElse(headDim);
        if (rotaryDim % 2 != 0) {
            String key = keys.contains(DIMENSIONS) ? DIMENSIONS : "attention.head_count";
            throw keys.error(
                    key, "expected an even number of rotated dimensions, found " + rotaryDim);
        }
        String baseKey = keys.contains(BASE) ? BASE : OTHER_BASE;
        double theta = keys.optionalPositive(baseKey).orElse(DEFAULT_THETA);
        if (theta <= 1) {
            throw keys.error(baseKey, "expected a base above 1, found " + theta);
        }
        return new RopeConfig(
                traits.rope(),
                theta,
                rotaryDim,
                factors("rope_freqs.weight", rotaryDim / 2),
                longRope(rotaryDim / 2).orElseGet(() -> readScaling(keys, maxPositions)));
    }

    /** Granite alone uses this key as a switch; it says nothing to others. */
    private boolean isSwitched() {
        return keys.name("").startsWith("granite");
    }

    /** One number per pair, all above 0; empty if the file has no such tensor. */
    private List<Double> factors(String tensorName, int pairs) {
        Optional<Tensor> tensor = file.tensor(tensorName);
        if (tensor.isEmpty()) {
            return List.of();
        }
        if (tensor.get().shape().numElements() != pairs) {
            throw new ModelFormatException(
                    "%s: tensor %s: expected %d elements, one per pair, found %s"
                            .formatted(file.name(), tensorName, pairs, tensor.get().shape()));
        }
        List<Double> values = new ArrayList<>();
        for (float value : HostVector.floats(tensor.get())) {
            if (value == 0 || !Float.isFinite(value)) {
                throw new ModelFormatException(
                        "%s: tensor %s: expected finite divisors other than 0, found %s"
                                .formatted(file.name(), tensorName, value));
            }
            values.add((double) value);
        }
        return values;
    }

    private Optional<RopeScaling> longRope(int pairs) {
        List<Double> shortFactors = factors("rope_factors_short.weight", pairs);
        List<Double> longFactors = factors("rope_factors_long.weight", pairs);
        if (shortFactors.isEmpty() || longFactors.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new RopeScaling.LongRope(
                        shortFactors,
                        longFactors,
                        keys.optionalSize(ORIGINAL_CONTEXT, MAX_POSITIONS).orElse(maxPositions),
                        keys.optionalPositive(ATTENTION_FACTOR).orElse(1)));
    }

    private static RopeScaling readScaling(GgufKeys keys, int maxPositions) {
        String type = keys.metadata().optionalString(keys.name(TYPE)).orElse("linear");
        return switch (type) {
            case "none" -> {
                requireNoAttentionFactor(keys, type);
                yield new RopeScaling.None();
            }
            case "linear", "longrope" -> {
                requireNoAttentionFactor(keys, type);
                double factor = readFactor(keys);
                yield factor == 1 ? new RopeScaling.None() : new RopeScaling.Linear(factor);
            }
            case "yarn" -> readYarn(keys, maxPositions);
            default ->
                    throw keys.error(
                            TYPE,
                            "expected none, linear, yarn or longrope, found \"%s\""
                                    .formatted(type));
        };
    }

    private static RopeScaling readYarn(GgufKeys keys, int maxPositions) {
        double factor = readFactor(keys);
        if (factor < 1) {
            throw keys.error(
                    factorKey(keys).orElseThrow(),
                    "expected YaRN with at least 1, found " + factor);
        }
        double extFactor = readExtFactor(keys);
        double logMultiplier = readNumber(keys, LOG_MULTIPLIER, 0);
        double ownFactor =
                extFactor == 0 ? 1 : magnitude(factor, 1) / magnitude(factor, logMultiplier);
        requireSameFactor(keys, ownFactor);
        double attentionFactor = ownFactor * keys.optionalPositive(ATTENTION_FACTOR).orElse(1);
        return new RopeScaling.Yarn(
                factor,
                keys.optionalSize(ORIGINAL_CONTEXT, MAX_POSITIONS).orElse(maxPositions),
                attentionFactor,
                keys.optionalPositive("rope.scaling.yarn_beta_fast").orElse(DEFAULT_BETA_FAST),
                keys.optionalPositive("rope.scaling.yarn_beta_slow").orElse(DEFAULT_BETA_SLOW),
                extFactor);
    }

    /** Files repeat what follows from the other keys; another number would be maths left out. */
    private static void requireSameFactor(GgufKeys keys, double ownFactor) {
        double stated = keys.optionalPositive(YARN_FACTOR).orElse(1);
        if (stated != 1 && Math.abs(stated - ownFactor) > ATTENTION_FACTOR_TOLERANCE) {
            throw keys.error(
                    YARN_FACTOR,
                    "expected %s, which follows from the other keys, or 1, found %s"
                            .formatted(ownFactor, stated));
        }
    }

    private static double magnitude(double factor, double multiplier) {
        return 1 + 0.1 * multiplier * Math.log(factor);
    }

    /** The factor; 1 if the file has none or writes 0 for none. */
    private static double readFactor(GgufKeys keys) {
        Optional<String> key = factorKey(keys);
        if (key.isEmpty() || keys.metadata().doubleValue(keys.name(key.get())) == 0) {
            return 1;
        }
        return keys.positive(key.get());
    }

    private static Optional<String> factorKey(GgufKeys keys) {
        return Stream.of(FACTOR, OLD_FACTOR).filter(keys::contains).findFirst();
    }

    private static double readExtFactor(GgufKeys keys) {
        double value = readNumber(keys, EXT_FACTOR, 1);
        if (value > 1) {
            throw keys.error(EXT_FACTOR, "expected at most 1, found " + value);
        }
        return value < 0 ? 1 : value;
    }

    private static double readNumber(GgufKeys keys, String suffix, double absent) {
        double value = keys.metadata().optionalDouble(keys.name(suffix)).orElse(absent);
        if (!Double.isFinite(value) || Math.abs(value) > MAX_MULTIPLIER) {
            throw keys.error(
                    suffix,
                    "expected a number of at most %s, found %s".formatted(MAX_MULTIPLIER, value));
        }
        return value;
    }

    /** Only YaRN has a place for it; ignoring it would change the results. */
    private static void requireNoAttentionFactor(GgufKeys keys, String type) {
        double factor = keys.optionalPositive(ATTENTION_FACTOR).orElse(1);
        if (factor != 1) {
            throw keys.error(
                    ATTENTION_FACTOR,
                    "expected 1 with rope scaling \"%s\", found %s".formatted(type, factor));
        }
    }
}
