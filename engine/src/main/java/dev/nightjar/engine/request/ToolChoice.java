package dev.nightjar.engine.request;

/** Whether a model may, must or must not call the tools it is given. */
public sealed interface ToolChoice {

    /** The model decides. */
    record Auto() implements ToolChoice {}

    /** No call; the tools are not shown to the model. */
    record None() implements ToolChoice {}

    /** At least one call of any tool. */
    record Required() implements ToolChoice {}

    /**
     * A call of this tool.
     *
     * @param name one of the tools
     */
    record Named(String name) implements ToolChoice {}
}
