package dev.nightjar.engine.encoder;

import dev.nightjar.engine.format.ScoreKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What raw numbers become. */
final class Scores {

    private Scores() {}

    static float sigmoid(float x) {
        return (float) (1 / (1 + Math.exp(-x)));
    }

    /** The likeliest first; labels that are equally likely stay in order. */
    static List<Classification.ScoredLabel> of(ScoreKind kind, List<String> labels, float[] raw) {
        float[] scores =
                switch (kind) {
                    case ONE_OF_ALL -> softmax(raw);
                    case EACH_BY_ITSELF -> sigmoids(raw);
                    case QUANTITIES -> raw;
                };
        List<Classification.ScoredLabel> scored = new ArrayList<>(raw.length);
        for (int i = 0; i < raw.length; i++) {
            scored.add(new Classification.ScoredLabel(labels.get(i), scores[i], raw[i]));
        }
        scored.sort(Comparator.comparing(label -> -label.rawScore()));
        return scored;
    }

    private static float[] sigmoids(float[] raw) {
        float[] scores = new float[raw.length];
        for (int i = 0; i < raw.length; i++) {
            scores[i] = sigmoid(raw[i]);
        }
        return scores;
    }

    private static float[] softmax(float[] raw) {
        double max = Float.NEGATIVE_INFINITY;
        for (float x : raw) {
            max = Math.max(max, x);
        }
        double sum = 0;
        for (float x : raw) {
            sum += Math.exp(x - max);
        }
        float[] scores = new float[raw.length];
        for (int i = 0; i < raw.length; i++) {
            scores[i] = (float) (Math.exp(raw[i] - max) / sum);
        }
        return scores;
    }

    /** The first elements of a vector, scaled as asked; a vector of zeros stays one. */
    static float[] shaped(float[] vector, EmbedOptions options) {
        float[] kept = Arrays.copyOf(vector, options.dimensions().orElse(vector.length));
        if (options.scaling() == EmbedOptions.Scaling.RAW) {
            return kept;
        }
        double square = 0;
        for (float x : kept) {
            square += (double) x * x;
        }
        double factor = square == 0 ? 1 : 1 / Math.sqrt(square);
        for (int i = 0; i < kept.length; i++) {
            kept[i] = (float) (kept[i] * factor);
        }
        return kept;
    }
}
