package dev.nightjar.server.observe;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.server.api.ServerUrl;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.catalog.ModelTask;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.json.JsonText;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The "root endpoint" of the llm_serving README: whether the service runs, and what a conversation
 * at the root is answered by. Has status 200 even where nothing is loaded, as the README shows it.
 */
public final class ServiceStatusRoute implements Handler {

    private final Readiness readiness;
    private final ModelCatalog models;
    private final String systemPrompt;

    /**
     * Reports on this server.
     *
     * @param systemPrompt what conversations without a system message begin with; may be empty
     */
    public ServiceStatusRoute(Readiness readiness, ModelCatalog models, String systemPrompt) {
        this.readiness = readiness;
        this.models = models;
        this.systemPrompt = systemPrompt;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        boolean isRunning = readiness.state() == Readiness.State.READY;
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(
                JsonText.of(
                        json -> {
                            json.writeStartObject();
                            if (isRunning) {
                                writeRunning(
                                        json, models.visibleTo(request), ServerUrl.of(request));
                            } else {
                                writeNotStarted(json);
                            }
                            json.writeEndObject();
                        }));
    }

    private void writeRunning(JsonGenerator json, ModelCatalog visible, String url)
            throws IOException {
        json.writeStringField("status", "running");
        json.writeStringField("llm_serving_url", url);
        Optional<ServedModel> model = visible.findFirst(ModelTask.GENERATE);
        if (model.isPresent()) {
            writeModel(json, model.get());
        }
        json.writeStringField("system_prompt", systemPrompt);
    }

    /** Where only encoders are served, nothing answers conversations. */
    private static void writeModel(JsonGenerator json, ServedModel model) throws IOException {
        json.writeStringField("model_name", model.id());
        OptionalInt maxOutput = model.effectiveOutput();
        if (maxOutput.isPresent()) {
            json.writeNumberField("max_new_tokens", maxOutput.getAsInt());
        }
        json.writeStringField("device", model.loadedText().map(TextModel::device).orElse("cpu"));
        json.writeBooleanField("do_sample", true);
    }

    private static void writeNotStarted(JsonGenerator json) throws IOException {
        json.writeStringField("status", "not started");
        json.writeStringField("message", "You need to start the service first.");
    }
}
