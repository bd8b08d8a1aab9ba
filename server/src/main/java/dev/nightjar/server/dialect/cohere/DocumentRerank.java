package dev.nightjar.server.dialect.cohere;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.encoder.Overflow;
import dev.nightjar.engine.encoder.RankedText;
import dev.nightjar.server.answer.Answers;
import dev.nightjar.server.answer.EncoderCall;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.NotServed;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.catalog.ModelTask;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.dialect.tei.TeiRerank;
import dev.nightjar.server.dialect.tei.TruncateFields;
import dev.nightjar.server.embedding.InputReader;
import dev.nightjar.server.json.JsonText;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Documents by how well they suit a query, the best first, in Jina's and Cohere's shape. */
public final class DocumentRerank {

    /** The member by which a body is recognized. */
    public static final String DOCUMENTS_NAME = "documents";

    /** What it answers. */
    public static final FieldSchema SCHEMA =
            FieldSchema.of(
                    """
                    {"type":"object","required":["id","model","results","usage"],"properties":\
                    {"id":{"type":"string"},"model":{"type":"string"},"results":{"type":"array",\
                    "items":{"type":"object","required":["index","relevance_score"],\
                    "properties":{"index":{"type":"integer"},"relevance_score":\
                    {"type":"number"},"document":{"type":"object","required":["text"],\
                    "properties":{"text":{"type":"string"}}}}}},"usage":{"type":"object",\
                    "required":["total_tokens"],"properties":{"prompt_tokens":\
                    {"type":"integer"},"total_tokens":{"type":"integer"}}}}}""");

    private static final Field<List<String>> DOCUMENTS =
            Field.of(
                    DOCUMENTS_NAME,
                    FieldSchema.nonEmptyArrayOf(
                            FieldSchema.anyOf(
                                    FieldSchema.string(),
                                    FieldSchema.of(
                                            "{\"type\":\"object\",\"required\":[\"text\"],"
                                                    + "\"properties\":{\"text\":"
                                                    + "{\"type\":\"string\"}}}"))),
                    "The texts to put in order, at most %d: strings, or objects with a text."
                            .formatted(InputReader.MAX_INPUTS),
                    DocumentRerank::documents);
    private static final Field<Integer> TOP_N =
            Field.integer(
                    "top_n",
                    1,
                    Integer.MAX_VALUE,
                    "Answers with so many of the best; default all.");
    private static final Field<Boolean> RETURN_DOCUMENTS =
            Field.bool("return_documents", "Whether the texts are repeated; default false.");
    private static final Field<Boolean> TRUNCATION =
            TruncateFields.TRUNCATE.named("truncation").meaning("As truncate.");

    /** The members that only bodies of this shape have. */
    public static final List<Field<?>> OWN =
            List.of(
                    DOCUMENTS,
                    TOP_N,
                    RETURN_DOCUMENTS,
                    TRUNCATION,
                    NotServed.field("max_tokens_per_doc"),
                    NotServed.field("max_chunks_per_doc"),
                    NotServed.field("rank_fields", "text"));

    /** What bodies hold. */
    public static final BodySpec BODY =
            BodySpec.of(List.of(TeiRerank.QUERY))
                    .and(OWN)
                    .and(List.of(TruncateFields.TRUNCATE))
                    .requiring(TeiRerank.QUERY.name(), DOCUMENTS_NAME);

    private final Answers answers;

    /** Within the limits of these answers. */
    public DocumentRerank(Answers answers) {
        this.answers = answers;
    }

    /**
     * Answers a body.
     *
     * @param known names of members that are no surprise beside those of {@link #OWN}
     */
    public void answer(
            ServerRequest request,
            ServerResponse response,
            RequestObject body,
            ServedModel model,
            Set<String> known) {
        EncoderModel encoder = model.encoder(ModelTask.RERANK);
        body.ignoreAllBut(known);
        OWN.forEach(body::get); // what does not matter here must have its form, too
        String query = body.require(TeiRerank.QUERY);
        List<String> documents = body.require(DOCUMENTS);
        boolean isCut =
                body.get(TRUNCATION).or(() -> body.get(TruncateFields.TRUNCATE)).orElse(false);
        Overflow overflow = isCut ? Overflow.CUT : Overflow.REFUSE;
        List<RankedText> ranked =
                answers.encode(
                        request, response, EncoderCall.rerank(encoder, query, documents, overflow));
        List<RankedText> best =
                ranked.subList(0, Math.min(ranked.size(), body.get(TOP_N).orElse(ranked.size())));
        boolean repeats = body.get(RETURN_DOCUMENTS).orElse(false);
        body.ignored().writeTo(response);
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(
                JsonText.of(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("id", UUID.randomUUID().toString());
                            json.writeStringField("model", model.id());
                            json.writeArrayFieldStart("results");
                            for (RankedText text : best) {
                                write(json, text, repeats ? documents : List.of());
                            }
                            json.writeEndArray();
                            writeUsage(json, ranked);
                            json.writeEndObject();
                        }));
    }

    private static void write(JsonGenerator json, RankedText text, List<String> repeated)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", text.index());
        json.writeNumberField("relevance_score", text.score());
        if (!repeated.isEmpty()) {
            json.writeObjectFieldStart("document");
            json.writeStringField("text", repeated.get(text.index()));
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** All pairs were computed, whether they are answered or not. */
    private static void writeUsage(JsonGenerator json, List<RankedText> ranked) throws IOException {
        long tokens = ranked.stream().mapToLong(RankedText::numTokens).sum();
        json.writeObjectFieldStart("usage");
        json.writeNumberField("prompt_tokens", tokens);
        json.writeNumberField("total_tokens", tokens);
        json.writeEndObject();
    }

    private static List<String> documents(RequestField field) {
        return InputReader.elements(field).stream().map(DocumentRerank::document).toList();
    }

    private static String document(RequestField field) {
        return field.isString() ? field.string() : field.object().required("text").string();
    }
}
