package dev.nightjar.engine.schedule;

import java.util.Arrays;

/**
 * A request of a simulated workload.
 *
 * @param step when it arrives
 * @param prompt its ids
 * @param maxTokens prompt and completion at most
 * @param salt its tenant
 * @param disturbance what happens to it
 * @param delay steps from its arrival to the disturbance
 */
record PlannedRequest(
        int step, int[] prompt, int maxTokens, String salt, Disturbance disturbance, int delay) {

    /** How long a pause lasts, in steps. */
    static final int PAUSE_STEPS = 9;

    /** What the outside does to a request. */
    enum Disturbance {
        NONE,
        ABORT_BETWEEN_STEPS,
        ABORT_DURING_STEP,
        PAUSE
    }

    Sequence newSequence(long id) {
        return new Sequence(id, prompt, maxTokens, salt);
    }

    /** The completion, as far as the request is allowed to get. */
    int[] completion(Sequence sequence) {
        int[] completion = new int[sequence.numCompletionTokens()];
        Arrays.setAll(completion, i -> sequence.token(prompt.length + i));
        return completion;
    }

    boolean isAborted() {
        return disturbance == Disturbance.ABORT_BETWEEN_STEPS
                || disturbance == Disturbance.ABORT_DURING_STEP;
    }

    @Override
    public String toString() {
        return "step %d: %s up to %d, salt %s, %s after %d"
                .formatted(step, Arrays.toString(prompt), maxTokens, salt, disturbance, delay);
    }
}
