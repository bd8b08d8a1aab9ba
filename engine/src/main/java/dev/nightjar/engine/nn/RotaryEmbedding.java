package dev.nightjar.engine.nn;

import dev.nightjar.engine.format.RopeConfig;
import dev.nightjar.engine.format.RopeScaling;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.DeviceBuffer;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RopeTable;
import java.util.function.IntToDoubleFunction;

/**
 * Precomputes the rotations of a model: plain, linearly scaled, YaRN, LongRoPE, and with divisors
 * per pair as Llama 3 checkpoints bring them. The maths stands at {@link RopeScaling}.
 */
public final class RotaryEmbedding {

    private final RopeConfig config;

    /** Takes the parameters. */
    public RotaryEmbedding(RopeConfig config) {
        this.config = config;
    }

    /** Tables for positions {@code [0, maxPositions)}. */
    public RopeTable table(Backend backend, int maxPositions) {
        return table(backend, maxPositions, position -> 1);
    }

    /**
     * Tables whose rotations also multiply: by a factor that depends on the position. Where whole
     * heads are rotated, this is the temperature of queries without an op of its own.
     */
    public RopeTable table(Backend backend, int maxPositions, IntToDoubleFunction factor) {
        int pairs = config.rotaryDim() / 2;
        double[] frequencies = frequencies(pairs, maxPositions);
        DeviceBuffer cos = backend.allocate((long) maxPositions * pairs);
        DeviceBuffer sin = backend.allocate((long) maxPositions * pairs);
        float[] cosRow = new float[pairs];
        float[] sinRow = new float[pairs];
        for (int position = 0; position < maxPositions; position++) {
            double magnitude = magnitude() * factor.applyAsDouble(position);
            for (int i = 0; i < pairs; i++) {
                double angle = position * frequencies[i];
                cosRow[i] = (float) (Math.cos(angle) * magnitude);
                sinRow[i] = (float) (Math.sin(angle) * magnitude);
            }
            cos.write((long) position * pairs, cosRow, 0, pairs);
            sin.write((long) position * pairs, sinRow, 0, pairs);
        }
        return new RopeTable(
                config.style(), config.rotaryDim(), Matrix.of(cos, pairs), Matrix.of(sin, pairs));
    }

    /** Radians per position of each pair, all scaling applied. */
    double[] frequencies(int pairs, int maxPositions) {
        double[] frequencies = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            double plain = Math.pow(config.theta(), -2.0 * i / config.rotaryDim());
            if (!config.divisors().isEmpty()) {
                plain /= config.divisors().get(i);
            }
            frequencies[i] = scaled(plain, i, maxPositions);
        }
        return frequencies;
    }

    private double scaled(double frequency, int pair, int maxPositions) {
        return switch (config.scaling()) {
            case RopeScaling.None none -> frequency;
            case RopeScaling.Linear linear -> frequency / linear.factor();
            case RopeScaling.LongRope longRope ->
                    frequency / longRope.factorsFor(maxPositions).get(pair);
            case RopeScaling.Yarn yarn -> {
                double kept = keptShare(yarn, pair);
                yield frequency / yarn.factor() * (1 - kept) + frequency * kept;
            }
        };
    }

    private double magnitude() {
        return switch (config.scaling()) {
            case RopeScaling.Yarn yarn -> yarn.attentionFactor();
            case RopeScaling.LongRope longRope -> longRope.attentionFactor();
            case RopeScaling.None none -> 1;
            case RopeScaling.Linear linear -> 1;
        };
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
