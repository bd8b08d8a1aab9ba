package dev.nightjar.engine.nn;

import dev.nightjar.engine.format.RopeConfig;
import dev.nightjar.engine.format.RopeScaling;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.DeviceBuffer;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RopeStyle;
import dev.nightjar.kernels.backend.RopeTable;
import java.util.Optional;

/**
 * Precomputes the rotations of a model: plain, linearly scaled, YaRN, and with per-pair factors as
 * Llama 3 checkpoints bring them. The maths stands at {@link RopeScaling}.
 */
public final class RotaryEmbedding {

    private final RopeConfig config;
    private final Optional<float[]> factors;

    /**
     * Takes the parameters.
     *
     * @param factors divisors of the frequencies, one per pair, if the checkpoint has them
     */
    public RotaryEmbedding(RopeConfig config, Optional<float[]> factors) {
        if (factors.isPresent() && factors.get().length != config.rotaryDim() / 2) {
            throw new IllegalArgumentException(
                    "rotary factors are one per pair, expected %d, found %d"
                            .formatted(config.rotaryDim() / 2, factors.get().length));
        }
        this.config = config;
        this.factors = factors.map(float[]::clone);
    }

    /** Tables for positions {@code [0, maxPositions)}. */
    public RopeTable table(Backend backend, RopeStyle style, int maxPositions) {
        int pairs = config.rotaryDim() / 2;
        double[] frequencies = frequencies(pairs);
        double magnitude = magnitude();
        DeviceBuffer cos = backend.allocate((long) maxPositions * pairs);
        DeviceBuffer sin = backend.allocate((long) maxPositions * pairs);
        float[] cosRow = new float[pairs];
        float[] sinRow = new float[pairs];
        for (int position = 0; position < maxPositions; position++) {
            for (int i = 0; i < pairs; i++) {
                double angle = position * frequencies[i];
                cosRow[i] = (float) (Math.cos(angle) * magnitude);
                sinRow[i] = (float) (Math.sin(angle) * magnitude);
            }
            cos.write((long) position * pairs, cosRow, 0, pairs);
            sin.write((long) position * pairs, sinRow, 0, pairs);
        }
        return new RopeTable(
                style, config.rotaryDim(), Matrix.of(cos, pairs), Matrix.of(sin, pairs));
    }

    /** Radians per position of each pair, all scaling applied. */
    double[] frequencies(int pairs) {
        double[] frequencies = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            double plain = Math.pow(config.theta(), -2.0 * i / config.rotaryDim());
            if (factors.isPresent()) {
                plain /= factors.get()[i];
            }
            frequencies[i] = scaled(plain, i);
        }
        return frequencies;
    }

    private double scaled(double frequency, int pair) {
        return switch (config.scaling()) {
            case RopeScaling.None none -> frequency;
            case RopeScaling.Linear linear -> frequency / linear.factor();
            case RopeScaling.LongRope longRope -> frequency;
            case RopeScaling.Yarn yarn -> {
                double kept = keptShare(yarn, pair);
                yield frequency / yarn.factor() * (1 - kept) + frequency * kept;
            }
        };
    }

    private double magnitude() {
        return config.scaling() instanceof RopeScaling.Yarn yarn ? yarn.attentionFactor() : 1;
    }

    /** How much of a pair's own frequency YaRN keeps: 1 for fast pairs, 0 for slow ones. */
    private double keptShare(RopeScaling.Yarn yarn, int pair) {
        int n = config.rotaryDim();
        double low = Math.max(0, Math.floor(boundary(yarn, yarn.betaFast())));
        double high = Math.min(n - 1, Math.ceil(boundary(yarn, yarn.betaSlow())));
        double along = (pair - low) / Math.max(0.001, high - low);
        return yarn.extFactor() * (1 - Math.clamp(along, 0.0, 1.0));
    }

    /** The pair that turns {@code rotations} times within the original context. */
    private double boundary(RopeScaling.Yarn yarn, double rotations) {
        double turns = yarn.originalMaxPositions() / (2 * Math.PI * rotations);
        return config.rotaryDim() * Math.log(turns) / (2 * Math.log(config.theta()));
    }
}
