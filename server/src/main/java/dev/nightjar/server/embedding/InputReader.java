package dev.nightjar.server.embedding;

import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.error.ApiError;
import java.util.List;

/** Reads what is to become vectors: a text, several texts, token ids or several lists of them. */
public final class InputReader {

    /** Most inputs of a request, as OpenAI's API has it. */
    public static final int MAX_INPUTS = 2048;

    /** The code of errors about more inputs than that. */
    public static final String TOO_MANY = "too_many_inputs";

    /** The code of errors about a text without a character. */
    public static final String EMPTY = "empty_input";

    /** What becomes of an empty text. */
    public enum Emptiness {
        /** It is an error. */
        REFUSED,
        /** Its vector is that of the special tokens alone. */
        TAKEN
    }

    private static final FieldSchema IDS =
            FieldSchema.of(
                    "{\"type\":\"array\",\"minItems\":1,"
                            + "\"items\":{\"type\":\"integer\",\"minimum\":0}}");

    private InputReader() {}

    /** The member of this name. */
    public static Field<List<EmbeddingInput>> field(String name, Emptiness emptiness) {
        FieldSchema text =
                emptiness == Emptiness.TAKEN
                        ? FieldSchema.string()
                        : FieldSchema.of("{\"type\":\"string\",\"minLength\":1}");
        return Field.of(
                name,
                FieldSchema.anyOf(
                        text,
                        FieldSchema.nonEmptyArrayOf(text),
                        IDS,
                        FieldSchema.nonEmptyArrayOf(IDS)),
                "What becomes vectors: a text, texts, token ids or lists of token ids, at most %d."
                        .formatted(MAX_INPUTS),
                field -> read(field, emptiness));
    }

    /** The texts of an array, at most {@link #MAX_INPUTS}. */
    public static List<RequestField> elements(RequestField field) {
        List<RequestField> elements = field.elements();
        if (elements.isEmpty()) {
            throw empty(field, "%s must have at least one element, found an empty array");
        }
        requireFew(field, elements.size());
        return elements;
    }

    /** A text that is not empty. */
    public static EmbeddingInput text(RequestField field) {
        return field.isString()
                ? one(field, Emptiness.REFUSED)
                : field.<EmbeddingInput>expected("a string");
    }

    private static List<EmbeddingInput> read(RequestField field, Emptiness emptiness) {
        if (!field.isString() && !field.isArray()) {
            return field.expected("a string, an array of strings, or token ids");
        }
        if (field.isString()) {
            return List.of(one(field, emptiness));
        }
        List<RequestField> elements = field.elements();
        if (!elements.isEmpty() && elements.getFirst().isInteger()) {
            return List.of(ids(field, elements));
        }
        return elements(field).stream().map(element -> one(element, emptiness)).toList();
    }

    private static EmbeddingInput one(RequestField field, Emptiness emptiness) {
        if (field.isArray()) {
            return ids(field, field.elements());
        }
        if (!field.isString()) {
            return field.expected("a string or an array of token ids");
        }
        if (field.string().isEmpty() && emptiness == Emptiness.REFUSED) {
            throw empty(field, "%s must be a string that is not empty, found an empty one");
        }
        return new EmbeddingInput.Text(field.path(), field.string());
    }

    private static EmbeddingInput ids(RequestField field, List<RequestField> elements) {
        if (elements.isEmpty()) {
            throw empty(field, "%s must have at least one token id, found an empty array");
        }
        return new EmbeddingInput.Ids(
                field.path(),
                elements.stream().mapToInt(id -> id.integer(0, Integer.MAX_VALUE)).toArray());
    }

    private static RuntimeException empty(RequestField field, String message) {
        return ApiError.invalidRequest(message.formatted(field.path()))
                .withParam(field.path())
                .withCode(EMPTY)
                .asException();
    }

    private static void requireFew(RequestField field, int count) {
        if (count > MAX_INPUTS) {
            throw ApiError.invalidRequest(
                            "%s must have at most %d elements, found %d; send several requests"
                                    .formatted(field.path(), MAX_INPUTS, count))
                    .withParam(field.path())
                    .withCode(TOO_MANY)
                    .asException();
        }
    }
}
