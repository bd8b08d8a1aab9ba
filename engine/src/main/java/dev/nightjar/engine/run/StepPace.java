package dev.nightjar.engine.run;

import dev.nightjar.engine.schedule.SchedulerOutput;
import java.time.Duration;

/**
 * How many tokens of prompts a step may compute beside running streams, so that these get their
 * next token in time. Nothing is known of the machine: what the last such step took tells how large
 * the next one is. It settles where steps take as long as they should, as a step's time is a fixed
 * part and one that grows with its tokens.
 */
final class StepPace {

    /**
     * Prompts make progress even where the streams alone take longer: so few rows more cost little
     * when weights come from memory.
     */
    static final int MIN_TOKENS = 8;

    private static final int FIRST_TOKENS = 32;

    /** A single step that was disturbed, or a first one, says little. */
    private static final double MAX_CHANGE = 2;

    private final long targetNanos;
    private final int maxTokens;
    private int promptTokens;

    /**
     * Starts with few tokens.
     *
     * @param target of a step with running streams, at least 1 ms
     * @param maxTokens the token budget of a step
     */
    StepPace(Duration target, int maxTokens) {
        targetNanos = target.toNanos();
        this.maxTokens = maxTokens;
        promptTokens = bounded(FIRST_TOKENS);
    }

    /** Most tokens of prompts in the next step, if streams run on in it. */
    int promptTokens() {
        return promptTokens;
    }

    /** Learns from a step that was computed. */
    void observe(SchedulerOutput step, long nanos) {
        if (step.numStreams() > 0 && step.numPromptTokens() > 0) {
            learn(step.numPromptTokens(), nanos);
        }
    }

    /** A step with streams and so many tokens of prompts took so long. */
    void learn(int numPrompt, long nanos) {
        double change = (double) targetNanos / Math.max(1, nanos);
        int next = (int) (numPrompt * Math.clamp(change, 1 / MAX_CHANGE, MAX_CHANGE));
        if (change < 1) { // with more tokens than were allowed here, as each stream allows some
            promptTokens = bounded(Math.min(promptTokens, next));
        } else if (numPrompt >= promptTokens) { // a short rest of a prompt says nothing of more
            promptTokens = bounded(next);
        }
    }

    private int bounded(int tokens) {
        return Math.min(maxTokens, Math.max(MIN_TOKENS, tokens));
    }
}
