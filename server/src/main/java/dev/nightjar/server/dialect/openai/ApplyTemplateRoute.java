package dev.nightjar.server.dialect.openai;

import dev.nightjar.engine.text.Prompt;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestBody;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.catalog.ModelTask;
import dev.nightjar.server.json.JsonText;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;

/** Shows the prompt that a conversation becomes, without generating anything. */
final class ApplyTemplateRoute implements Handler {

    private static final Field<List<?>> TOOLS =
            Field.of(
                    "tools",
                    FieldSchema.of("{\"type\":\"array\",\"items\":{\"type\":\"object\"}}"),
                    "Tools that the prompt describes to the model.",
                    Conversation::objects);

    static final BodySpec BODY =
            BodySpec.of(Conversation.FIELDS)
                    .and(List.of(CommonFields.MODEL, TOOLS))
                    .requiring("messages");

    private final Surface surface;
    private final ModelCatalog models;

    /** For these models. */
    ApplyTemplateRoute(Surface surface, ModelCatalog models) {
        this.surface = surface;
        this.models = models;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        RequestObject body = RequestBody.read(request);
        body.ignoreAllBut(BODY);
        Prompt.Chat conversation = Conversation.parse(body);
        Optional<List<?>> tools = body.get(TOOLS);
        if (tools.isPresent()) {
            conversation =
                    new Prompt.Chat(
                            conversation.prompt().withTools(tools.get()), conversation.template());
        }
        TextModel model =
                surface.models()
                        .choose(models, body.get(CommonFields.MODEL), ModelTask.GENERATE, response)
                        .text();
        String prompt = model.render(conversation);
        body.ignored().writeTo(response);
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(
                JsonText.of(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("prompt", prompt);
                            json.writeEndObject();
                        }));
    }
}
