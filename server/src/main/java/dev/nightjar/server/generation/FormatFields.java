package dev.nightjar.server.generation;

import dev.nightjar.engine.request.OutputFormat;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.NotServed;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The members of a request that say what form its texts have: OpenAI's {@code response_format} and
 * what other servers call it. One of them at a time.
 */
public final class FormatFields {

    private static final FieldSchema SCHEMA =
            FieldSchema.of("{\"type\":[\"object\",\"boolean\",\"string\"]}")
                    .withExamples("{\"type\":\"boolean\"}", "\"{}\"");
    private static final FieldSchema TEXT = FieldSchema.string();
    private static final FieldSchema GRAMMAR =
            FieldSchema.string().withExamples("\"root ::= \\\"yes\\\"\"");

    private static final Field<Optional<AskedFormat>> RESPONSE_FORMAT =
            asking(
                    "response_format",
                    FieldSchema.of(
                                    "{\"type\":\"object\",\"required\":[\"type\"],\"properties\":{\"type\":"
                                            + "{\"enum\":[\"text\",\"json_object\",\"json_schema\"]},"
                                            + "\"json_schema\":{\"type\":\"object\"}}}")
                            .withExamples("{\"type\":\"text\"}", "{\"type\":\"json_object\"}"),
                    "text, json_object, or json_schema with a schema that the text is valid under.",
                    ResponseFormat::read);

    private static final List<Field<Optional<AskedFormat>>> ASKING =
            List.of(
                    RESPONSE_FORMAT,
                    asking(
                            "structured_outputs",
                            FieldSchema.of("{\"type\":\"object\"}")
                                    .withExamples("{\"choice\":[\"yes\",\"no\"]}"),
                            "One of json (a schema), regex, choice, grammar, json_object.",
                            StructuredOutputs::read),
                    asking(
                            "guided_json",
                            SCHEMA,
                            "A JSON schema.",
                            field -> one(field, Formats.schema(field))),
                    asking(
                            "guided_regex",
                            TEXT,
                            "A regular expression that the whole text matches.",
                            field -> one(field, Formats.regex(field))),
                    asking(
                            "guided_choice",
                            FieldSchema.nonEmptyArrayOf(TEXT),
                            "Texts of which the answer is one.",
                            field -> one(field, Formats.choice(field))),
                    asking(
                            "guided_grammar",
                            GRAMMAR,
                            "A grammar in GBNF.",
                            field -> one(field, Formats.grammar(field))),
                    asking(
                            "grammar",
                            GRAMMAR,
                            "A grammar in GBNF.",
                            field ->
                                    field.isString() && field.string().isEmpty()
                                            ? Optional.empty()
                                            : one(field, Formats.grammar(field))),
                    asking(
                            "json_schema",
                            SCHEMA,
                            "A JSON schema.",
                            field -> one(field, Formats.schema(field))));

    /** Which library checks the form, on servers that have several; and how it fills space. */
    private static final List<Field<Boolean>> OTHERS =
            List.of(
                    Field.withoutEffect("guided_decoding_backend"),
                    NotServed.field("guided_whitespace_pattern"));

    private FormatFields() {}

    /** The members read here. */
    public static List<Field<?>> all() {
        List<Field<?>> all = new ArrayList<>(ASKING);
        all.addAll(OTHERS);
        return all;
    }

    /**
     * The form that a request asks for, if any.
     *
     * @throws dev.nightjar.server.error.ApiException with status 400 if it asks for two
     */
    public static Optional<AskedFormat> read(RequestObject body) {
        OTHERS.forEach(body::get);
        Optional<AskedFormat> found = Optional.empty();
        for (Field<Optional<AskedFormat>> field : ASKING) {
            Optional<AskedFormat> asked = body.get(field).flatMap(format -> format);
            if (asked.isPresent() && found.isPresent()) {
                throw body.required(field.name())
                        .refused(
                                "%s and %s both give the text a form; give one of them"
                                        .formatted(found.get().path(), field.name()));
            }
            found = asked.isPresent() ? asked : found;
        }
        return found;
    }

    private static Field<Optional<AskedFormat>> asking(
            String name,
            FieldSchema schema,
            String summary,
            Function<RequestField, Optional<AskedFormat>> reader) {
        return Field.of(name, schema, summary, reader);
    }

    private static Optional<AskedFormat> one(RequestField field, OutputFormat format) {
        return Optional.of(new AskedFormat(format, field.path()));
    }
}
