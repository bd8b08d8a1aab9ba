package dev.nightjar.server.dialect.openai;

import dev.nightjar.engine.text.Prompt;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.api.ModelCatalog;
import dev.nightjar.server.api.RequestBody;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.json.JsonText;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Shows the prompt that a conversation becomes, without generating anything. */
public final class ApplyTemplateRoute implements Handler {

    private static final Set<String> OWN_NAMES = Set.of("model", "tools");

    private final ModelCatalog models;

    /** For these models. */
    public ApplyTemplateRoute(ModelCatalog models) {
        this.models = models;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        RequestObject body = RequestBody.read(request);
        Set<String> names = new HashSet<>(Conversation.NAMES);
        names.addAll(OWN_NAMES);
        body.ignoreAllBut(names);
        Prompt.Chat conversation = Conversation.parse(body);
        Optional<RequestField> tools = body.field("tools");
        if (tools.isPresent()) {
            conversation =
                    new Prompt.Chat(
                            conversation.prompt().withTools(Conversation.objects(tools.get())),
                            conversation.template());
        }
        TextModel model = models.requested(body.field("model").map(RequestField::string));
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
