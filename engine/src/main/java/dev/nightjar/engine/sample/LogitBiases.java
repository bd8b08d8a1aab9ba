package dev.nightjar.engine.sample;

import dev.nightjar.kernels.backend.SamplingBatch;
import java.util.Map;
import java.util.TreeMap;

/** A request's biases, in order of their tokens. */
final class LogitBiases {

    private final int[] tokens;
    private final float[] values;

    LogitBiases(Map<Integer, Float> biases) {
        tokens = new int[biases.size()];
        values = new float[biases.size()];
        int i = 0;
        for (Map.Entry<Integer, Float> bias : new TreeMap<>(biases).entrySet()) {
            tokens[i] = bias.getKey();
            values[i++] = bias.getValue();
        }
    }

    /** Appends them to a batch's edits from {@code at} on. */
    int fill(SamplingBatch batch, int at) {
        batch.reserveEdits(at + tokens.length);
        System.arraycopy(tokens, 0, batch.editToken, at, tokens.length);
        System.arraycopy(values, 0, batch.editValue, at, tokens.length);
        return at + tokens.length;
    }
}
