package dev.nightjar.engine.answer.part;

/** A piece of an answer, in the order in which the model wrote it. */
public sealed interface AnswerPart {

    /**
     * More of what is said to the user.
     *
     * @param text never empty
     */
    record Content(String text) implements AnswerPart {}

    /**
     * More of what the model thinks.
     *
     * @param text never empty
     */
    record Reasoning(String text) implements AnswerPart {}

    /**
     * A call begins.
     *
     * @param index counts the calls from 0
     * @param id names the call
     * @param name the tool
     */
    record Call(int index, String id, String name) implements AnswerPart {}

    /**
     * More of the arguments of a call.
     *
     * @param index which call
     * @param json never empty
     */
    record Arguments(int index, String json) implements AnswerPart {}
}
