package dev.nightjar.engine.model;

/** The completion of one forward pass: immediate on a CPU, an event on an accelerator. */
public interface StepHandle {

    /** A step that is complete when the call returns. */
    StepHandle COMPLETED = () -> {};

    /** Returns when the step's results are valid. */
    void await();
}
