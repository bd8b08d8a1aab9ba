package dev.nightjar.server.dialect.tokens;

import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestBody;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.catalog.ModelTask;
import dev.nightjar.server.dialect.openai.surface.Surface;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.tokenizer.Tokenizer;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Arrays;
import java.util.List;

/** Token ids as a text: the inverse of {@link TokenizeRoute}, so a BOS in front is left out. */
final class DetokenizeRoute implements Handler {

    private static final Field<String> MODEL =
            Field.string(
                    "model", "Whose tokens; the first model's without it where that is allowed.");
    private static final Field<int[]> TOKENS =
            Field.of(
                    "tokens",
                    FieldSchema.of(
                            "{\"type\":\"array\",\"items\":{\"type\":\"integer\",\"minimum\":0}}"),
                    "Ids of the model's vocabulary.",
                    DetokenizeRoute::ids);
    private static final Field<Boolean> SKIP_SPECIAL =
            Field.bool(
                    "skip_special_tokens",
                    "Whether control tokens are left out of the text; default false.");

    private static final BodySpec BODY =
            BodySpec.of(List.of(TOKENS, MODEL, SKIP_SPECIAL)).requiring("tokens");

    private final Surface surface;
    private final ModelCatalog models;

    DetokenizeRoute(Surface surface, ModelCatalog models) {
        this.surface = surface;
        this.models = models;
    }

    BodySpec body() {
        return BODY;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        RequestObject asked = RequestBody.read(request);
        asked.ignoreAllBut(BODY);
        TextModel model =
                surface.models()
                        .choose(models, asked.get(MODEL), ModelTask.GENERATE, request, response)
                        .text();
        Tokenizer tokenizer = model.tokenizer();
        int[] ids = asked.require(TOKENS);
        requireKnown(asked.required(TOKENS.name()), ids, tokenizer.vocabulary().size());
        int[] rest = withoutBos(ids, tokenizer);
        String text =
                asked.get(SKIP_SPECIAL).orElse(false)
                        ? tokenizer.decode(rest)
                        : tokenizer.decodeWithSpecials(rest);
        asked.ignored().writeTo(response);
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(
                JsonText.of(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("content", text);
                            json.writeStringField("prompt", text);
                            json.writeEndObject();
                        }));
    }

    private static int[] ids(RequestField field) {
        return field.elements().stream().mapToInt(id -> id.integer(0, Integer.MAX_VALUE)).toArray();
    }

    private static void requireKnown(RequestField field, int[] ids, int vocabSize) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] >= vocabSize) {
                int unknown = ids[i];
                field.elements()
                        .get(i)
                        .expected("a token id from 0 to %d".formatted(vocabSize - 1), unknown);
            }
        }
    }

    private static int[] withoutBos(int[] ids, Tokenizer tokenizer) {
        boolean hasBos =
                ids.length > 0
                        && tokenizer.vocabulary().bos().isPresent()
                        && tokenizer.vocabulary().bos().getAsInt() == ids[0];
        return hasBos ? Arrays.copyOfRange(ids, 1, ids.length) : ids;
    }
}
