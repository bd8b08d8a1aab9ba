package dev.nightjar.server.dialect.openai;

import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.dialect.openai.surface.Surface;
import dev.nightjar.server.error.NotBuilt;
import dev.nightjar.server.route.Route;
import java.util.List;

/** OpenAI's calls for tasks that nothing here runs yet; they answer 501 instead of 404. */
final class TasksToCome {

    private final Surface surface;

    TasksToCome(Surface surface) {
        this.surface = surface;
    }

    List<Route> all() {
        return List.of(
                route("/audio/transcriptions", "Writes down speech.", "speech recognition"),
                route("/audio/translations", "Translates speech.", "speech recognition"),
                route("/audio/speech", "Speaks a text.", "speech synthesis"),
                route("/images/generations", "Draws images.", "image generation"));
    }

    private Route route(String path, String summary, String task) {
        return Route.post(
                        surface.dialect(),
                        surface.prefix() + path,
                        summary,
                        BodySpec.of(List.of()),
                        (request, response) -> {
                            throw NotBuilt.task(task);
                        })
                .notBuilt();
    }
}
