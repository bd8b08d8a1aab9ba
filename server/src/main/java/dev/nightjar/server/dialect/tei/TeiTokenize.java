package dev.nightjar.server.dialect.tei;

import com.fasterxml.jackson.core.JsonGenerator;
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
import dev.nightjar.tokenizer.encoding.Encoding;
import dev.nightjar.tokenizer.encoding.EncodingOptions;
import dev.nightjar.tokenizer.encoding.EncodingOptions.Specials;
import dev.nightjar.tokenizer.encoding.EncodingOptions.Spellings;
import dev.nightjar.tokenizer.encoding.TextInput;
import java.io.IOException;
import java.util.List;

/** {@code /tokenize}: the tokens of texts, and where they stand. */
public final class TeiTokenize {

    /** What it answers: a list per text, also for one. */
    public static final AnswerSpec ANSWER =
            AnswerSpec.json(
                    FieldSchema.of(
                            """
                            {"type":"array","items":{"type":"array","items":{"type":"object",\
                            "required":["id","text","special","start","stop"],"properties":\
                            {"id":{"type":"integer"},"text":{"type":"string"},\
                            "special":{"type":"boolean"},"start":{"type":["integer","null"]},\
                            "stop":{"type":["integer","null"]}}}}}"""));

    private static final Field<List<String>> INPUTS =
            Field.of(
                    "inputs",
                    FieldSchema.anyOf(
                            FieldSchema.string(),
                            FieldSchema.nonEmptyArrayOf(FieldSchema.string())),
                    "The text, or at most %d texts.".formatted(InputReader.MAX_INPUTS),
                    TeiTokenize::texts);
    private static final Field<Boolean> ADD_SPECIAL =
            Field.bool(
                    "add_special_tokens",
                    "Whether special tokens stand around a text, as a model takes it; default"
                            + " true.");

    /** What its body holds. */
    public static final BodySpec BODY =
            BodySpec.of(List.of(INPUTS, ADD_SPECIAL))
                    .and(PromptField.all())
                    .requiring(INPUTS.name());

    private TeiTokenize() {}

    /** The answer to a body; texts of any length are taken. */
    public static JsonText.Content of(RequestObject body, EncoderModel encoder) {
        Tokenizer tokenizer = encoder.tokenizer();
        body.ignoreAllBut(BODY);
        String prompt = PromptField.text(body, encoder);
        Specials specials = body.get(ADD_SPECIAL).orElse(true) ? Specials.ADDED : Specials.OMITTED;
        EncodingOptions options =
                EncodingOptions.standard().with(specials).with(Spellings.PLAIN_TEXT);
        List<String> texts = body.require(INPUTS);
        return json -> {
            json.writeStartArray();
            for (String text : texts) {
                TextInput input = TextInput.of(prompt + text);
                write(json, prompt + text, tokenizer.encode(input, options), tokenizer);
            }
            json.writeEndArray();
        };
    }

    private static void write(
            JsonGenerator json, String text, Encoding encoding, Tokenizer tokenizer)
            throws IOException {
        int[] places = places(text);
        json.writeStartArray();
        for (int i = 0; i < encoding.size(); i++) {
            boolean isSpecial = encoding.specialTokensMask()[i] == 1;
            int id = encoding.ids()[i];
            int start = encoding.starts()[i];
            int end = encoding.ends()[i];
            json.writeStartObject();
            json.writeNumberField("id", id);
            json.writeStringField(
                    "text",
                    isSpecial ? tokenizer.vocabulary().token(id) : text.substring(start, end));
            json.writeBooleanField("special", isSpecial);
            if (isSpecial) {
                json.writeNullField("start");
                json.writeNullField("stop");
            } else {
                json.writeNumberField("start", places[start]);
                json.writeNumberField("stop", places[end]);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Bytes of UTF-8 before each character, as places are counted there. */
    private static int[] places(String text) {
        int[] places = new int[text.length() + 1];
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // each half of a pair stands for two of its four bytes
            int bytes = c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            places[i + 1] = places[i] + bytes;
        }
        return places;
    }

    private static List<String> texts(RequestField field) {
        if (field.isArray()) {
            return InputReader.elements(field).stream().map(RequestField::string).toList();
        }
        return field.isString()
                ? List.of(field.string())
                : field.expected("a string or an array of strings");
    }
}
