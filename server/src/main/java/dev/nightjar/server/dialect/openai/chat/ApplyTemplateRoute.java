package dev.nightjar.server.dialect.openai.chat;

import dev.nightjar.engine.text.Prompt;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestBody;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.catalog.ModelTask;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.dialect.openai.surface.CommonFields;
import dev.nightjar.server.dialect.openai.surface.Liberty;
import dev.nightjar.server.dialect.openai.surface.Surface;
import dev.nightjar.server.json.JsonText;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;

/** Shows the prompt that a conversation becomes, without generating anything. */
public final class ApplyTemplateRoute implements Handler {

    private static final Field<List<?>> TOOLS =
            Field.of(
                    "tools",
                    FieldSchema.of("{\"type\":\"array\",\"items\":{\"type\":\"object\"}}"),
                    "Tools that the prompt describes to the model.",
                    Conversation::objects);

    private final Surface surface;
    private final Conversation conversation;
    private final ModelCatalog models;

    /** For these models. */
    public ApplyTemplateRoute(Surface surface, ModelCatalog models) {
        this.surface = surface;
        this.models = models;
        this.conversation = new Conversation(surface);
    }

    /** What the body may hold. */
    public BodySpec body() {
        BodySpec all = BodySpec.of(conversation.fields()).and(List.of(CommonFields.MODEL, TOOLS));
        if (surface.takes(Liberty.INPUTS)) {
            return all;
        }
        return surface.takes(Liberty.MODEL_OPTIONAL)
                ? all.requiring("messages")
                : all.requiring("messages", "model");
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        RequestObject body = RequestBody.read(request);
        ServedModel model =
                surface.models()
                        .choose(
                                models,
                                body.get(CommonFields.MODEL),
                                ModelTask.GENERATE,
                                request,
                                response);
        answer(response, body, model);
    }

    /** Shows the prompt for a model that was chosen already; {@code model} is not read. */
    public void answer(ServerResponse response, RequestObject body, ServedModel model) {
        body.ignoreAllBut(body());
        Prompt.Chat asked = conversation.read(body);
        Optional<List<?>> tools = body.get(TOOLS);
        Prompt.Chat complete =
                tools.map(list -> new Prompt.Chat(asked.prompt().withTools(list), asked.template()))
                        .orElse(asked);
        String prompt = model.text().render(complete);
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
