package dev.nightjar.server.dialect.tei;

import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.embedding.InputReader;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.tokenizer.Tokenizer;
import java.util.List;

/** {@code /decode}: the texts of token ids. */
public final class TeiDecode {

    /** What it answers: a text per list, also for one. */
    public static final AnswerSpec ANSWER =
            AnswerSpec.json(FieldSchema.arrayOf(FieldSchema.string()));

    private static final FieldSchema LIST =
            FieldSchema.of(
                    "{\"type\":\"array\",\"minItems\":1,"
                            + "\"items\":{\"type\":\"integer\",\"minimum\":0}}");

    private static final Field<List<RequestField>> IDS =
            Field.of(
                    "ids",
                    FieldSchema.anyOf(LIST, FieldSchema.nonEmptyArrayOf(LIST)),
                    "Ids of the model's vocabulary, or at most %d lists of them."
                            .formatted(InputReader.MAX_INPUTS),
                    TeiDecode::lists);
    private static final Field<Boolean> SKIP_SPECIAL =
            Field.bool(
                    "skip_special_tokens",
                    "Whether special tokens are left out of the text; default true.");

    /** What its body holds. */
    public static final BodySpec BODY =
            BodySpec.of(List.of(IDS, SKIP_SPECIAL)).requiring(IDS.name());

    private TeiDecode() {}

    /** The answer to a body. */
    public static JsonText.Content of(RequestObject body, EncoderModel encoder) {
        Tokenizer tokenizer = encoder.tokenizer();
        body.ignoreAllBut(BODY);
        boolean skips = body.get(SKIP_SPECIAL).orElse(true);
        List<int[]> lists = body.require(IDS).stream().map(list -> ids(list, tokenizer)).toList();
        return json -> {
            json.writeStartArray();
            for (int[] ids : lists) {
                json.writeString(skips ? tokenizer.decode(ids) : tokenizer.decodeWithSpecials(ids));
            }
            json.writeEndArray();
        };
    }

    private static List<RequestField> lists(RequestField field) {
        List<RequestField> elements = InputReader.elements(field);
        return elements.getFirst().isArray() ? elements : List.of(field);
    }

    private static int[] ids(RequestField list, Tokenizer tokenizer) {
        int last = tokenizer.vocabulary().size() - 1;
        List<RequestField> ids = list.elements();
        return ids.isEmpty()
                ? list.expected("at least one token id", "none")
                : ids.stream().mapToInt(id -> id.integer(0, last)).toArray();
    }
}
