package dev.nightjar.server.dialect.openai.frame;

import dev.nightjar.server.answer.ChoiceEnd;

/** The one mapping of finish reasons, for streamed and whole answers. */
public final class FinishReasons {

    private FinishReasons() {}

    /** The word for the end of an answer without tools. */
    public static String of(ChoiceEnd end) {
        return of(end, "tool_calls");
    }

    /** The word for an end; a cut is told even where tools are called. */
    public static String of(ChoiceEnd end, String ofCalls) {
        if (end.isCut()) {
            return "length";
        }
        return end.numToolCalls() > 0 ? ofCalls : "stop";
    }
}
