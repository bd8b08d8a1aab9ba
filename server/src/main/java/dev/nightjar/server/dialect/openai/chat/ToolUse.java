package dev.nightjar.server.dialect.openai.chat;

import dev.nightjar.engine.request.ToolChoice;
import dev.nightjar.engine.text.TextOutput;
import dev.nightjar.server.generation.Sequences;
import java.util.List;

/**
 * The tools of a request.
 *
 * @param tools as the template gets them; empty if there are none, or none is to be called
 * @param choice whether they may, must or must not be called
 * @param calls how many calls an answer may hold
 * @param form how calls are written in the answer
 */
record ToolUse(List<?> tools, ToolChoice choice, TextOutput.ToolCalls calls, CallForm form) {

    /** How calls are written in the answer. */
    enum CallForm {
        /** As {@code tool_calls}. */
        TOOL_CALLS,
        /** As the one {@code function_call} that came before tools. */
        FUNCTION_CALL
    }

    /** No tools. */
    static final ToolUse NONE =
            new ToolUse(
                    List.of(),
                    new ToolChoice.None(),
                    TextOutput.ToolCalls.PARALLEL,
                    CallForm.TOOL_CALLS);

    /** Demands this on an answer. */
    TextOutput of(TextOutput output) {
        return tools.isEmpty() ? output : output.withToolChoice(choice).withToolCalls(calls);
    }

    /** What the engine may refuse of them is named as the client does. */
    Sequences named(Sequences sequences) {
        boolean isOlder = form == CallForm.FUNCTION_CALL;
        Sequences named = isOlder ? sequences.withName("tool_choice", "function_call") : sequences;
        return sequences.output().format().isPresent()
                ? named
                : named.withName("response_format", isOlder ? "functions" : "tools");
    }
}
