package dev.nightjar.engine.answer.grammar;

import dev.nightjar.engine.answer.AnswerFormat;
import dev.nightjar.engine.answer.AnswerStyle;
import dev.nightjar.engine.answer.ReasoningTags;
import dev.nightjar.engine.answer.part.AnswerSetup;
import dev.nightjar.engine.answer.part.Beginning;
import dev.nightjar.engine.grammar.part.FreeText;
import dev.nightjar.engine.grammar.part.Part;
import dev.nightjar.engine.grammar.part.Trigger;
import dev.nightjar.engine.grammar.regex.Regex;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The pieces of an answer's markup as parts of a grammar: control tokens by id, others as text. */
final class AnswerParts {

    private static final Part LINE_BREAKS = Part.repeat(Part.literal("\n"), 0, 2);
    private static final Part ANYTHING = Regex.whole("[\\s\\S]*").part();

    private final Tokenizer tokenizer;
    private final AnswerStyle answers;
    private final AnswerSetup setup;
    private final Set<String> markers;

    AnswerParts(Tokenizer tokenizer, AnswerStyle answers, AnswerSetup setup) {
        this.tokenizer = tokenizer;
        this.answers = answers;
        this.setup = setup;
        this.markers = answers.markers(setup);
    }

    /** A text in which control tokens are spelled. */
    Part text(String spelled) {
        List<Part> parts = new ArrayList<>();
        int start = 0;
        int at = 0;
        while (at < spelled.length()) {
            String marker = controlAt(spelled, at);
            if (marker.isEmpty()) {
                at++;
            } else {
                parts.add(Part.literal(spelled.substring(start, at)));
                parts.add(Part.token(tokenizer.vocabulary().id(marker).orElseThrow()));
                at += marker.length();
                start = at;
            }
        }
        parts.add(Part.literal(spelled.substring(start)));
        parts.removeIf(Part.literal("")::equals);
        return parts.size() == 1 ? parts.getFirst() : new Part.Sequence(parts);
    }

    private String controlAt(String spelled, int at) {
        return markers.stream()
                .filter(marker -> spelled.startsWith(marker, at) && isControl(marker))
                .findFirst()
                .orElse("");
    }

    private boolean isControl(String marker) {
        Vocabulary vocabulary = tokenizer.vocabulary();
        OptionalInt id = vocabulary.id(marker);
        return id.isPresent() && tokenizer.bytesOf(id.getAsInt()).length == 0;
    }

    /** Any text up to a mark, and the mark. */
    private Part until(String mark) {
        return isControl(mark) ? Part.sequence(ANYTHING, text(mark)) : FreeText.until(mark);
    }

    /** What may or, where the prompt opened it, must stand before the answer proper: reasoning. */
    Part reasoning() {
        if (answers.format() == AnswerFormat.HARMONY) {
            Part thought =
                    Part.sequence(
                            text("<|channel|>analysis<|message|>"),
                            until("<|end|>"),
                            text("<|start|>assistant"));
            return Part.optional(thought);
        }
        if (answers.reasoning().isEmpty()) {
            return Part.NOTHING;
        }
        ReasoningTags tags = answers.reasoning().get();
        if (setup.beginning() == Beginning.REASONING) {
            return Part.sequence(until(tags.close()), LINE_BREAKS);
        }
        return Part.optional(Part.sequence(text(tags.open()), until(tags.close()), LINE_BREAKS));
    }

    /** What must stand before content, beside reasoning. */
    String contentHeader() {
        return switch (answers.format()) {
            case HARMONY -> "<|channel|>final<|message|>";
            case COMMAND -> "<|START_RESPONSE|>";
            default -> "";
        };
    }

    /** What may stand behind content. */
    Part afterContent() {
        return answers.format() == AnswerFormat.COMMAND
                ? Part.optional(text("<|END_RESPONSE|>"))
                : Part.NOTHING;
    }

    /** Any answer in which what stands behind the trigger of calls is as it says. */
    Part triggered(Part then) {
        Part start = text(answers.format().trigger());
        return FreeText.triggered(List.of(new Trigger(start, then)), FreeText.After.FREE);
    }
}
