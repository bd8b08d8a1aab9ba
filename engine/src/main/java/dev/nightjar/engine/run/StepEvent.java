package dev.nightjar.engine.run;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * A step in a flight recording. One object serves all steps of a model, so that nothing is
 * allocated, and next to nothing is done as long as nothing is recorded. Belongs to the engine
 * thread.
 */
@Name("dev.nightjar.Step")
@Label("Step")
@Category({"Nightjar", "Engine"})
@Description("One step of a model of text: schedule, forward, sample, hand out tokens")
@StackTrace(false)
final class StepEvent extends Event {

    @Label("Model")
    private final String model;

    @Label("Sequences")
    private int sequences;

    @Label("Tokens")
    @Description("Tokens computed, of prompts and of running sequences")
    private int tokens;

    @Label("Preempted")
    @Description("Sequences that lost their blocks to this step")
    private int preempted;

    /** Steps of a model. */
    StepEvent(String model) {
        this.model = model;
    }

    /** Records the step that was begun with {@link #begin}. */
    void record(int numSequences, int numTokens, int numPreempted) {
        end();
        if (shouldCommit()) {
            sequences = numSequences;
            tokens = numTokens;
            preempted = numPreempted;
            commit();
        }
    }
}
