package dev.nightjar.server.dialect.openai;

import dev.nightjar.engine.text.Prompt;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.tokenizer.Tokenizer;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The body of a completion.
 *
 * @param model the model's name
 * @param prompts what to continue, at least one
 * @param echoes whether each text begins with its prompt
 * @param params the rest
 */
record CompletionRequest(
        String model, List<Prompt> prompts, boolean isEchoed, GenerationParams params) {

    private static final Set<String> NAMES = Set.of("model", "prompt", "echo", "best_of");
    private static final int DEFAULT_MAX_TOKENS = 16;

    /** Prompts per request; each of them is a sequence per choice in the engine's queue. */
    private static final int MAX_PROMPTS = 128;

    static CompletionRequest parse(RequestObject body) {
        UnsupportedParams.ofCompletion().refuseIn(body, NAMES);
        String model = body.required("model").string();
        GenerationParams params = GenerationParams.parse(body, DEFAULT_MAX_TOKENS);
        body.field("best_of").ifPresent(best -> requireEqual(best, params.numChoices()));
        return new CompletionRequest(
                model,
                prompts(body.required("prompt")),
                body.field("echo").map(RequestField::bool).orElse(false),
                params);
    }

    List<TextRequest> sequences() {
        return params.sequences(prompts);
    }

    /** The text that each sequence's answer begins with. */
    List<String> echoes(Tokenizer tokenizer) {
        return prompts.stream()
                .map(prompt -> isEchoed ? text(prompt, tokenizer) : "")
                .flatMap(text -> Collections.nCopies(params.numChoices(), text).stream())
                .toList();
    }

    private static String text(Prompt prompt, Tokenizer tokenizer) {
        return switch (prompt) {
            case Prompt.Text text -> text.text();
            case Prompt.Tokens tokens -> tokenizer.decode(tokens.ids());
            case Prompt.Chat chat -> throw new IllegalStateException("a completion has no " + chat);
        };
    }

    private static void requireEqual(RequestField bestOf, int numChoices) {
        if (bestOf.integer() != numChoices) {
            throw bestOf.refused(
                    "best_of must equal n (%d), found %d; picking among more candidates is not"
                                    .formatted(numChoices, bestOf.integer())
                            + " supported yet");
        }
    }

    /** A string, token ids, or an array of either. */
    private static List<Prompt> prompts(RequestField field) {
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
        return elements.stream().map(CompletionRequest::prompt).toList();
    }

    private static Prompt prompt(RequestField field) {
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
