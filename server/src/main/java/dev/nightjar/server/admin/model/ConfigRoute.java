package dev.nightjar.server.admin.model;

import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.catalog.ModelCatalog;
import dev.nightjar.server.fleet.FleetYaml;
import dev.nightjar.server.gate.Access;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;

/**
 * Prints the models as they are now for the configuration file, as changes over HTTP last until the
 * server ends: see docs/adr/0016-the-file-is-the-truth.md.
 */
public final class ConfigRoute {

    private static final String PATH = "/admin/config";
    private static final String MEDIA_TYPE = "application/yaml; charset=utf-8";

    private final ModelCatalog catalog;

    /** Of these models. */
    public ConfigRoute(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    /** The route. */
    public Route route() {
        return Route.get(
                        Dialect.NIGHTJAR,
                        PATH,
                        "Prints the models as they are now, for nightjar.yaml.",
                        (request, response) -> {
                            response.header(HeaderNames.CONTENT_TYPE, MEDIA_TYPE);
                            response.send(FleetYaml.of(catalog));
                        })
                .withAnswer(AnswerSpec.text(MEDIA_TYPE))
                .openTo(Access.ADMIN)
                .withoutModels();
    }

    /** Says of an answer to a change how long that will last. */
    static void tellItEnds(ServerResponse response) {
        response.header(
                HeaderNames.create("X-Configuration"),
                "changed until the server ends; GET " + PATH + " has it for nightjar.yaml");
    }
}
