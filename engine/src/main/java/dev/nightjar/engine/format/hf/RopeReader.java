package dev.nightjar.engine.format.hf;

import dev.nightjar.engine.format.RopeConfig;
import dev.nightjar.engine.format.RopeScaling;
import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.kernels.backend.RopeStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads rotary embedding: {@code rope_theta} and {@code rope_scaling}, or both as {@code
 * rope_parameters} in configurations of newer libraries. What {@code rope_type} (older: {@code
 * type}) means:
 *
 * <ul>
 *   <li>{@code default}: positions as they are.
 *   <li>{@code linear}: every angle divided by {@code factor}.
 *   <li>{@code dynamic}: the base grows with the length beyond {@code max_position_embeddings}; up
 *       to that, which is the longest context here, positions are as they are.
 *   <li>{@code yarn}: see {@link RopeScaling.Yarn}; the magnitude is {@code attention_factor}, else
 *       m({@code mscale}) / m({@code mscale_all_dim}), else m(1), with m(x) = 1 + 0.1 x ln(factor).
 *       With {@code llama_4_scaling_beta} the original context is the longest.
 *   <li>{@code llama3}: angles whose wave is longer than the original context are divided by {@code
 *       factor}, those of short waves kept, those between blended; becomes divisors.
 *   <li>{@code longrope} (older: {@code su}): see {@link RopeScaling.LongRope}.
 * </ul>
 */
public final class RopeReader {
    private static final int MAX_POSITIONS = HfConfig.MAX_SIZE;

    private final HfConfig config;
    private final Optional<JsonFields> parameters;
    private final int rotaryDim;
    private final int maxPositions;

    private RopeReader(
            HfConfig config, Optional<JsonFields> parameters, int rotaryDim, int maxPositions) {
        this.config = config;
        this.parameters = parameters;
        this.rotaryDim = rotaryDim;
        this.maxPositions = maxPositions;
    }

    /**
     * What was read.
     *
     * @param rope rotary embedding
     * @param maxPositions context that it reaches
     */
    public record Result(RopeConfig rope, int maxPositions) {}

    /** Reads the rotary embedding of all layers; the whole head is rotated if no key says less. */
    public static Result read(HfConfig config, RopeStyle style, DecoderSizes sizes, double theta) {
        return read(config, style, sizes.headDim(), sizes.maxPositions(), theta);
    }

    /** As above, of heads of {@code headDim} rotated elements. */
    public static Result read(
            HfConfig config, RopeStyle style, int headDim, int maxPositions, double theta) {
        Optional<JsonFields> nested = config.fields().optionalFields("rope_parameters");
        Optional<JsonFields> scaling = config.fields().optionalFields("rope_scaling");
        Optional<JsonFields> parameters = nested.or(() -> scaling);
        return of(config, parameters, style, headDim, maxPositions, theta);
    }

    /** As above, from parameters that stand elsewhere. */
    public static Result of(
            HfConfig config,
            Optional<JsonFields> parameters,
            RopeStyle style,
            int headDim,
            int maxPositions,
            double theta) {
        int rotaryDim = rotaryDim(config, parameters, headDim);
        return new RopeReader(config, parameters, rotaryDim, maxPositions)
                .read(style, theta(config, parameters, theta));
    }

    private static int rotaryDim(HfConfig config, Optional<JsonFields> parameters, int headDim) {
        double own = config.positive(1, "partial_rotary_factor", "rotary_pct");
        double share =
                parameters
                        .map(p -> p.optionalPositive("partial_rotary_factor").orElse(own))
                        .orElse(own);
        int rotaryDim = (int) (headDim * share);
        if (share > 1 || rotaryDim < 2 || rotaryDim % 2 != 0) {
            throw config.fields()
                    .error(
                            "partial_rotary_factor or head_dim",
                            "expected an even number of rotated elements in heads of %d, found %d"
                                    .formatted(headDim, rotaryDim));
        }
        return rotaryDim;
    }

    private static double theta(HfConfig config, Optional<JsonFields> parameters, double absent) {
        double outer = config.positive(absent, "rope_theta", "rotary_emb_base");
        double theta =
                parameters.map(p -> p.optionalPositive("rope_theta").orElse(outer)).orElse(outer);
        if (theta <= 1) {
            throw config.fields().error("rope_theta", "expected a base above 1, found " + theta);
        }
        return theta;
    }

    private Result read(RopeStyle style, double theta) {
        if (parameters.isEmpty()) {
            return plain(style, theta);
        }
        JsonFields keys = parameters.get();
        String older = keys.optionalText("type").orElse("default");
        String type = keys.optionalText("rope_type").orElse(older);
        Result result =
                switch (type) {
                    case "default" -> plain(style, theta);
                    case "dynamic" -> {
                        keys.optionalNumber("factor");
                        keys.optionalNumber("original_max_position_embeddings");
                        yield plain(style, theta);
                    }
                    case "linear" ->
                            scaled(style, theta, new RopeScaling.Linear(keys.positive("factor")));
                    case "yarn" -> yarn(keys, style, theta);
                    case "llama3" -> llama3(keys, style, theta);
                    case "longrope", "su" -> scaled(style, theta, longRope(keys));
                    default ->
                            throw keys.error(
                                    "rope_type",
                                    "expected default, linear, dynamic, yarn, llama3 or longrope, found \"%s\""
                                            .formatted(type));
                };
        requireKnown(keys);
        return result;
    }

    private static void requireKnown(JsonFields keys) {
        if (!keys.unasked().isEmpty()) {
            throw keys.error(
                    keys.unasked().getFirst(),
                    "expected a key that is known of this rope_type; ignoring it could give wrong results");
        }
    }

    private Result plain(RopeStyle style, double theta) {
        return scaled(style, theta, new RopeScaling.None());
    }

    private Result scaled(RopeStyle style, double theta, RopeScaling scaling) {
        return new Result(
                new RopeConfig(style, theta, rotaryDim, List.of(), scaling), maxPositions);
    }

    private Result yarn(JsonFields keys, RopeStyle style, double theta) {
        double factor = factor(keys);
        int original = original(keys).orElse(maxPositions);
        RopeScaling scaling =
                new RopeScaling.Yarn(
                        factor,
                        original,
                        yarnMagnitude(keys, factor),
                        keys.optionalPositive("beta_fast").orElse(32),
                        keys.optionalPositive("beta_slow").orElse(1),
                        1);
        RopeConfig rope = new RopeConfig(style, theta, rotaryDim, List.of(), scaling);
        if (keys.contains("llama_4_scaling_beta")) {
            // Scores grow with the position from there on; families that know it go further.
            return new Result(rope, Math.min(original, maxPositions));
        }
        // Users switch YaRN on without changing max_position_embeddings.
        double reached = Math.min(MAX_POSITIONS, Math.rint(original * factor));
        return new Result(rope, Math.max(maxPositions, (int) reached));
    }

    private static double yarnMagnitude(JsonFields keys, double factor) {
        double mscale = keys.optionalNumber("mscale").orElse(0);
        double mscaleAllDim = keys.optionalNumber("mscale_all_dim").orElse(0);
        double derived =
                mscale != 0 && mscaleAllDim != 0
                        ? magnitude(factor, mscale) / magnitude(factor, mscaleAllDim)
                        : magnitude(factor, 1);
        // Whether the ramp's ends are rounded to whole pairs; they always are here, see docs.
        keys.optionalBoolean("truncate");
        return keys.optionalPositive("attention_factor").orElse(derived);
    }

    /** YaRN's m(x). */
    public static double magnitude(double factor, double x) {
        return factor <= 1 ? 1 : 1 + 0.1 * x * Math.log(factor);
    }

    private Result llama3(JsonFields keys, RopeStyle style, double theta) {
        double factor = factor(keys);
        double low = keys.positive("low_freq_factor");
        double high = keys.positive("high_freq_factor");
        double original =
                original(keys)
                        .orElseThrow(
                                () ->
                                        keys.error(
                                                "original_max_position_embeddings",
                                                "expected this key, found none"));
        if (high <= low) {
            throw keys.error(
                    "high_freq_factor", "expected more than low_freq_factor, found " + high);
        }
        List<Double> divisors = new ArrayList<>();
        for (int pair = 0; pair < rotaryDim / 2; pair++) {
            double wave = 2 * Math.PI * Math.pow(theta, 2.0 * pair / rotaryDim);
            double kept = Math.clamp((original / wave - low) / (high - low), 0, 1);
            divisors.add(1 / ((1 - kept) / factor + kept));
        }
        return new Result(
                new RopeConfig(style, theta, rotaryDim, divisors, new RopeScaling.None()),
                maxPositions);
    }

    private RopeScaling longRope(JsonFields keys) {
        int original =
                config.optionalSize(MAX_POSITIONS, "original_max_position_embeddings")
                        .orElseGet(() -> original(keys).orElse(maxPositions));
        original(keys);
        double stretch = keys.optionalPositive("factor").orElse((double) maxPositions / original);
        double derived = stretch <= 1 ? 1 : Math.sqrt(1 + Math.log(stretch) / Math.log(original));
        return new RopeScaling.LongRope(
                factors(keys, "short_factor"),
                factors(keys, "long_factor"),
                original,
                keys.optionalPositive("attention_factor").orElse(derived));
    }

    private List<Double> factors(JsonFields keys, String key) {
        List<Double> factors = keys.optionalNumbers(key).orElse(List.of());
        if (factors.size() != rotaryDim / 2 || factors.stream().anyMatch(factor -> factor <= 0)) {
            throw keys.error(
                    key,
                    "expected %d numbers above 0, one per pair, found %d"
                            .formatted(rotaryDim / 2, factors.size()));
        }
        return factors;
    }

    private static double factor(JsonFields keys) {
        double factor = keys.positive("factor");
        if (factor < 1) {
            throw keys.error("factor", "expected at least 1, found " + factor);
        }
        return factor;
    }

    private static Optional<Integer> original(JsonFields keys) {
        var value = keys.optionalSize("original_max_position_embeddings", MAX_POSITIONS);
        return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
    }
}
