package dev.nightjar.bench.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.nightjar.bench.DemoServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Our own description is valid OpenAPI 3.1. */
@Tag("full")
class OpenApiDocumentTest {

    /** Names a copy of the JSON schema that the OpenAPI Initiative publishes for version 3.1. */
    private static final String VARIABLE = "NIGHTJAR_OPENAPI_SCHEMA";

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void isValid() throws Exception {
        String file = System.getenv(VARIABLE);
        if (file == null || !Files.exists(Path.of(file))) {
            Assumptions.abort(
                    "skipped: %s must name a copy of OpenAPI's JSON schema, found %s"
                            .formatted(VARIABLE, file));
        }
        SchemaRegistry registry =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        JsonNode document = JSON.readTree(served());
        List<String> errors = new ArrayList<>();
        registry.getSchema(JSON.readTree(Path.of(file)))
                .validate(document)
                .forEach(error -> errors.add(error.toString()));
        assertEquals(List.of(), errors);
    }

    private static String served() throws Exception {
        try (DemoServer server = DemoServer.start();
                HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create(server.url() + "/openapi.json");
            return client.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
