package dev.nightjar.server.dialect.openai;

import dev.nightjar.engine.text.Prompt;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.NotServed;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.generation.Sequences;
import dev.nightjar.tokenizer.Tokenizer;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/**
 * The body of a completion.
 *
 * @param prompts what to continue, at least one
 * @param isEchoed whether each text begins with its prompt
 * @param sequences how
 * @param includesUsage whether a stream ends with token counts
 */
record CompletionRequest(
        List<Prompt> prompts, boolean isEchoed, Sequences sequences, boolean includesUsage) {

    private static final Field<List<Prompt>> PROMPT =
            Field.of(
                    "prompt",
                    FieldSchema.of("{\"type\":[\"string\",\"array\"]}"),
                    "A text, several texts, token ids, or several lists of token ids.",
                    CompletionRequest::prompts);
    private static final Field<Boolean> ECHO =
            Field.bool("echo", "Whether each text begins with its prompt.");
    private static final Field<Integer> BEST_OF =
            Field.integer("best_of", 1, Integer.MAX_VALUE, "Must equal n.");
    private static final List<Field<?>> NOT_SERVED =
            List.of(
                    NotServed.field("logprobs"),
                    NotServed.field("logit_bias"),
                    NotServed.field("suffix"),
                    NotServed.field("response_format", "text"));

    static BodySpec body(Surface surface) {
        BodySpec all =
                BodySpec.of(List.of(PROMPT, ECHO, BEST_OF))
                        .and(new CommonFields(surface).all())
                        .and(NOT_SERVED);
        return surface.takes(Liberty.MODEL_OPTIONAL)
                ? all.requiring("prompt")
                : all.requiring("prompt", "model");
    }

    private static final int DEFAULT_MAX_TOKENS = 16;

    /** Prompts per request; each of them is a sequence per choice in the engine's queue. */
    private static final int MAX_PROMPTS = 128;

    static CompletionRequest parse(RequestObject body, Surface surface) {
        CommonFields common = new CommonFields(surface);
        body.ignoreAllBut(body(surface));
        NOT_SERVED.forEach(body::get);
        Sequences sequences = common.read(body, OptionalInt.of(DEFAULT_MAX_TOKENS));
        body.field("best_of").ifPresent(best -> requireEqual(best, sequences.numChoices()));
        return new CompletionRequest(
                body.require(PROMPT),
                body.get(ECHO).orElse(false),
                sequences,
                common.includesUsage(body));
    }

    /** The text that each sequence's answer begins with. */
    List<String> echoes(Tokenizer tokenizer) {
        return prompts.stream()
                .map(prompt -> isEchoed ? text(prompt, tokenizer) : "")
                .flatMap(text -> Collections.nCopies(sequences.numChoices(), text).stream())
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
