package dev.nightjar.kernels.cpu;

import dev.nightjar.kernels.backend.ExpertRouting;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.Weight;
import java.util.Arrays;
import java.util.Optional;

/**
 * Chooses experts in double precision, one row after the other. Both backends use it: there are few
 * experts, and a choice must not depend on a backend's rounding.
 */
public final class ExpertChooser {

    private static final double SMALLEST_SUM = 1.0 / 16384;

    private double[] scores = new double[0];
    private double[] ranks = new double[0];
    private double[] groupRanks = new double[0];

    /** Starts without scratch memory; it grows on first use. */
    public ExpertChooser() {}

    /** The selection bias of an op as an array, null if there is none. */
    public static float[] biasOf(Optional<Weight> selectionBias, ExpertRouting routing) {
        return selectionBias.isEmpty()
                ? null
                : CpuWeights.asVector(selectionBias.get(), routing.numExperts());
    }

    /**
     * Rows {@code [first, end)} of {@link dev.nightjar.kernels.backend.Backend#routeExperts}.
     *
     * @param bias {@code [E]}, or null for none
     */
    public void run(
            Matrix logits,
            ExpertRouting routing,
            float[] bias,
            int first,
            int end,
            int[] experts,
            Matrix weights) {
        int numExperts = routing.numExperts();
        CpuMatrices.requireCols("logits", logits, numExperts);
        CpuMatrices.requireCols("weights", weights, routing.numUsed());
        float[] in = CpuMatrices.data(logits, end);
        float[] out = CpuMatrices.data(weights, end);
        ensureScratch(routing);
        for (int t = first; t < end; t++) {
            score(in, CpuMatrices.rowStart(logits, t), routing);
            for (int e = 0; e < numExperts; e++) {
                ranks[e] = bias == null ? scores[e] : scores[e] + bias[e];
            }
            dropGroups(routing);
            int at = t * routing.numUsed();
            choose(routing, experts, at);
            weigh(routing, experts, at, out, CpuMatrices.rowStart(weights, t));
        }
    }

    private void ensureScratch(ExpertRouting routing) {
        if (scores.length < routing.numExperts()) {
            scores = new double[routing.numExperts()];
            ranks = new double[routing.numExperts()];
        }
        if (groupRanks.length < routing.numGroups()) {
            groupRanks = new double[routing.numGroups()];
        }
    }

    private void score(float[] in, int from, ExpertRouting routing) {
        int n = routing.numExperts();
        double max = Double.NEGATIVE_INFINITY;
        for (int e = 0; e < n; e++) {
            scores[e] = in[from + e];
            max = Math.max(max, scores[e]);
        }
        switch (routing.scoring()) {
            case SOFTMAX -> softmax(n, max);
            case SIGMOID -> {
                for (int e = 0; e < n; e++) {
                    scores[e] = 1 / (1 + Math.exp(-scores[e]));
                }
            }
            case SOFTMAX_OF_CHOSEN -> {
                // the logits rank the experts; their weights follow the choice
            }
        }
    }

    private void softmax(int n, double max) {
        double sum = 0;
        for (int e = 0; e < n; e++) {
            scores[e] = Math.exp(scores[e] - max);
            sum += scores[e];
        }
        for (int e = 0; e < n; e++) {
            scores[e] /= sum;
        }
    }

    /** Takes the experts of the weaker groups out of the choice. */
    private void dropGroups(ExpertRouting routing) {
        int numGroups = routing.numGroups();
        if (numGroups == routing.numGroupsUsed()) {
            return;
        }
        int size = routing.numExperts() / numGroups;
        for (int g = 0; g < numGroups; g++) {
            groupRanks[g] = sumOfBestTwo(g * size, size);
        }
        for (int kept = 0; kept < routing.numGroupsUsed(); kept++) {
            groupRanks[best(groupRanks, numGroups)] = Double.NaN;
        }
        for (int g = 0; g < numGroups; g++) {
            if (!Double.isNaN(groupRanks[g])) {
                Arrays.fill(ranks, g * size, (g + 1) * size, Double.NaN);
            }
        }
    }

    private double sumOfBestTwo(int from, int size) {
        double first = Double.NEGATIVE_INFINITY;
        double second = Double.NEGATIVE_INFINITY;
        for (int e = from; e < from + size; e++) {
            if (ranks[e] > first) {
                second = first;
                first = ranks[e];
            } else if (ranks[e] > second) {
                second = ranks[e];
            }
        }
        return size == 1 ? first : first + second;
    }

    private void choose(ExpertRouting routing, int[] experts, int first) {
        for (int j = 0; j < routing.numUsed(); j++) {
            int expert = best(ranks, routing.numExperts());
            experts[first + j] = expert;
            ranks[expert] = Double.NaN;
        }
    }

    /**
     * The largest entry that is not NaN, the first of equals. A damaged row may hold nothing but
     * NaN; any index will do then, as its result is NaN anyway.
     */
    private static int best(double[] values, int n) {
        int best = 0;
        for (int i = 1; i < n; i++) {
            if (values[i] > values[best] || Double.isNaN(values[best])) {
                best = i;
            }
        }
        return best;
    }

    private void weigh(ExpertRouting routing, int[] experts, int first, float[] out, int to) {
        int k = routing.numUsed();
        boolean ofChosen = routing.scoring() == ExpertRouting.Scoring.SOFTMAX_OF_CHOSEN;
        double max = scores[experts[first]];
        double sum = 0;
        for (int j = 0; j < k; j++) {
            double score = scores[experts[first + j]];
            ranks[j] = ofChosen ? Math.exp(score - max) : score;
            sum += ranks[j];
        }
        boolean normalized = ofChosen || routing.weights() == ExpertRouting.Weights.NORMALIZED;
        double divisor = normalized ? Math.max(sum, SMALLEST_SUM) : 1;
        for (int j = 0; j < k; j++) {
            out[to + j] = (float) (ranks[j] / divisor * routing.scale());
        }
    }
}
