package dev.nightjar.engine.answer.call;

import dev.nightjar.engine.answer.part.DeclaredTool;
import dev.nightjar.engine.answer.syntax.JsonScanner;
import dev.nightjar.engine.answer.syntax.JsonStrings;
import java.util.Optional;

/** Arguments that models write as bare text, as JSON. */
final class ArgumentText {

    private ArgumentText() {}

    /**
     * The JSON of a value.
     *
     * @param tool whose schema says what is text; empty if nothing is known
     * @param argument its name
     */
    static String json(Optional<DeclaredTool> tool, String argument, String text) {
        if (tool.filter(known -> known.wantsText(argument)).isPresent()) {
            return JsonStrings.quote(text);
        }
        boolean mayBeText = tool.map(known -> known.takesText(argument)).orElse(true);
        Optional<String> json =
                JsonScanner.value(text).filter(value -> !mayBeText || isTyped(text));
        return json.orElseGet(() -> JsonStrings.quote(text));
    }

    /** Whether a text is JSON on purpose: Python's constants may be words, too. */
    private static boolean isTyped(String text) {
        String word = text.strip();
        return !word.equals("True") && !word.equals("False") && !word.equals("None");
    }
}
