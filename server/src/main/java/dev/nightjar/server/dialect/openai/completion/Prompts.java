package dev.nightjar.server.dialect.openai.completion;

import dev.nightjar.engine.text.Prompt;
import dev.nightjar.server.api.RequestField;
import java.util.List;

/** Reads what a completion continues: a string, token ids, or an array of either. */
final class Prompts {

    /** Prompts per request; each of them is a sequence per choice in the engine's queue. */
    private static final int MAX_PROMPTS = 128;

    private Prompts() {}

    /** The prompts, at least one. */
    static List<Prompt> read(RequestField field) {
        if (field.isString()) {
            return List.of(new Prompt.Text(field.string()));
        }
        if (!field.isArray()) {
            return field.expected("a string, an array of strings, or token ids");
        }
        List<RequestField> elements = field.elements();
        if (elements.isEmpty()) {
            return field.expected("at least one prompt or token", "an empty array");
        }
        if (elements.getFirst().isInteger()) {
            return List.of(tokens(elements));
        }
        if (elements.size() > MAX_PROMPTS) {
            return field.expected("at most %d prompts".formatted(MAX_PROMPTS), elements.size());
        }
        return elements.stream().map(Prompts::one).toList();
    }

    private static Prompt one(RequestField field) {
        if (field.isString()) {
            return new Prompt.Text(field.string());
        }
        if (!field.isArray()) {
            return field.expected("a string or an array of token ids");
        }
        List<RequestField> elements = field.elements();
        return elements.isEmpty()
                ? field.expected("at least one token", "an empty array")
                : tokens(elements);
    }

    private static Prompt tokens(List<RequestField> elements) {
        return new Prompt.Tokens(
                elements.stream().mapToInt(id -> id.integer(0, Integer.MAX_VALUE)).toArray());
    }
}
