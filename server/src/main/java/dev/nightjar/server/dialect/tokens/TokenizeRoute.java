package dev.nightjar.server.dialect.tokens;

import dev.nightjar.engine.text.Prompt;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.RequestBody;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.catalog.ModelTask;
import dev.nightjar.server.dialect.openai.chat.Conversation;
import dev.nightjar.server.dialect.openai.surface.Surface;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.tokenizer.Tokenizer;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * A text or a conversation as token ids. It counts what a generation from the same text or messages
 * counts as its prompt, unless the request asks for something else.
 */
final class TokenizeRoute implements Handler {

    private static final Field<String> MODEL =
            Field.string(
                    "model", "Whose tokens; the first model's without it where that is allowed.");

    /** Names of one thing: those of llama.cpp, of this server and of vLLM. */
    private static final List<Field<String>> TEXTS =
            List.of(
                    Field.string("text", "The text; give this, content, prompt or messages."),
                    Field.string("content", "The text, as llama.cpp names it."),
                    Field.string("prompt", "The text, as vLLM names it."));

    private static final Field<Boolean> ADD_SPECIAL =
            Field.bool(
                    "add_special",
                    "Whether a text begins with BOS where the model wants one; default true, as a"
                            + " prompt does.");
    private static final Field<Boolean> ADD_SPECIAL_TOKENS =
            ADD_SPECIAL.named("add_special_tokens").meaning("As add_special.");
    private static final Field<Boolean> PARSE_SPECIAL =
            Field.bool(
                    "parse_special",
                    "Whether control tokens written in a text become their ids; default true.");
    private static final Field<Boolean> WITH_PIECES =
            Field.bool("with_pieces", "Whether each token is an object of id and piece.");
    private static final Field<Boolean> TOKEN_STRS =
            Field.bool("return_token_strs", "Whether token_strs lists the tokens as spelled.");

    private final Surface surface;
    private final ModelCatalog models;
    private final Conversation conversation;
    private final BodySpec ofText;
    private final BodySpec body;

    TokenizeRoute(Surface surface, ModelCatalog models) {
        this.surface = surface;
        this.models = models;
        this.conversation = new Conversation(surface);
        List<Field<?>> fields = new ArrayList<>(TEXTS);
        fields.addAll(
                List.of(
                        MODEL,
                        ADD_SPECIAL,
                        ADD_SPECIAL_TOKENS,
                        PARSE_SPECIAL,
                        WITH_PIECES,
                        TOKEN_STRS));
        this.ofText = BodySpec.of(fields);
        this.body = ofText.and(conversation.fields());
    }

    BodySpec body() {
        return body;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        RequestObject asked = RequestBody.read(request);
        body.fields().forEach(asked::get); // what does not matter here must have its form, too
        asked.ignoreAllBut(asked.field("messages").isPresent() ? body : ofText);
        TextModel model =
                surface.models()
                        .choose(models, asked.get(MODEL), ModelTask.GENERATE, request, response)
                        .text();
        TokensJson.Pieces pieces =
                asked.get(WITH_PIECES).orElse(false)
                        ? TokensJson.Pieces.WITH_IDS
                        : asked.get(TOKEN_STRS).orElse(false)
                                ? TokensJson.Pieces.BESIDE_IDS
                                : TokensJson.Pieces.NONE;
        byte[] json = new TokensJson(model, pieces).of(ids(asked, model));
        asked.ignored().writeTo(response);
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(json);
    }

    private int[] ids(RequestObject asked, TextModel model) {
        boolean addsSpecial =
                asked.get(ADD_SPECIAL).or(() -> asked.get(ADD_SPECIAL_TOKENS)).orElse(true);
        boolean parsesSpecial = asked.get(PARSE_SPECIAL).orElse(true);
        List<Field<String>> given =
                TEXTS.stream().filter(text -> asked.field(text.name()).isPresent()).toList();
        boolean isConversation = asked.field("messages").isPresent();
        if (given.size() + (isConversation ? 1 : 0) != 1) {
            throw ApiError.invalidRequest(
                            "one of text, content, prompt and messages is required, found %s"
                                    .formatted(
                                            given.isEmpty() && !isConversation
                                                    ? "none"
                                                    : "several"))
                    .withParam("text")
                    .asException();
        }
        return isConversation
                ? model.promptIds(conversation.read(asked))
                : ids(asked.require(given.getFirst()), model, addsSpecial, parsesSpecial);
    }

    /** An empty text has no tokens here, whereas a generation refuses it. */
    private static int[] ids(
            String text, TextModel model, boolean addsSpecial, boolean parsesSpecial) {
        Tokenizer tokenizer = model.tokenizer();
        if (addsSpecial && parsesSpecial && !text.isEmpty()) {
            return model.promptIds(new Prompt.Text(text));
        }
        int[] ids = parsesSpecial ? tokenizer.encodeRendered(text) : tokenizer.encode(text);
        return addsSpecial ? tokenizer.withBos(ids) : ids;
    }
}
