package dev.nightjar.engine.answer.grammar;

import dev.nightjar.engine.answer.AnswerFormat;
import dev.nightjar.engine.answer.AnswerStyle;
import dev.nightjar.engine.answer.part.AnswerSetup;
import dev.nightjar.engine.answer.part.CallLimit;
import dev.nightjar.engine.answer.part.DeclaredTool;
import dev.nightjar.engine.request.OutputFormat;
import dev.nightjar.engine.request.ToolChoice;
import java.util.Optional;

/**
 * What the grammar of an answer follows from.
 *
 * @param answers how the model writes
 * @param setup what is known before the answer begins
 * @param choice whether tools may, must or must not be called
 * @param format the form of what is said, if there is one
 */
public record AnswerDemand(
        AnswerStyle answers, AnswerSetup setup, ToolChoice choice, Optional<OutputFormat> format) {

    /** Whether the answer is held to nothing. */
    boolean isFree() {
        boolean isStrict = setup.tools().list().stream().anyMatch(DeclaredTool::isStrict);
        return format.isEmpty() && !mustCall() && !(mayCall() && isStrict);
    }

    /** Whether the answer has to be a call. */
    boolean mustCall() {
        return choice instanceof ToolChoice.Required || choice instanceof ToolChoice.Named;
    }

    /** Whether the model could write a call. */
    boolean mayCall() {
        return !setup.tools().isEmpty() && answers.format() != AnswerFormat.NONE;
    }

    /** Whether there may be no second call. */
    boolean isOneCall() {
        return choice instanceof ToolChoice.Named || setup.limit() == CallLimit.ONE;
    }

    /** Whether it may be a call of this tool. */
    boolean admits(DeclaredTool tool) {
        return !(choice instanceof ToolChoice.Named named) || named.name().equals(tool.name());
    }
}
