package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.gate.Access;
import dev.nightjar.server.json.JsonValue.JsonObject;
import dev.nightjar.server.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** L28: the description says what the server does. */
final class OpenApiTest {

    /** The test model is too small for some of what requests may ask for. */
    private static final List<String> UNFIT_MODEL =
            List.of("no_fill_in_middle", "context_length_exceeded", "one of the model's prompts");

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.startWithEncoders(LoadOptions.defaults(), ServerOptions.defaults());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static JsonObject object(Json json) {
        return (JsonObject) json.value();
    }

    private static Json document() {
        HttpReply reply = server.get("/openapi.json");
        assertEquals(200, reply.status(), reply.body());
        return reply.json();
    }

    /** Where a route stands in the document; its path may hold dots, so no path of steps. */
    private static Json operation(Json document, Route route) {
        JsonObject paths = object(document.at("paths"));
        return new Json(paths.members().get(route.path().replace("{+", "{")))
                .at(route.method().text().toLowerCase(Locale.ROOT));
    }

    /** Both ways: nothing is left out and nothing invented. */
    @Test
    void holdsExactlyTheRoutes() {
        TreeSet<String> documented = new TreeSet<>();
        TreeSet<String> operationIds = new TreeSet<>();
        object(document().at("paths"))
                .members()
                .forEach(
                        (path, item) ->
                                object(new Json(item))
                                        .members()
                                        .forEach(
                                                (method, operation) -> {
                                                    documented.add(method + " " + path);
                                                    operationIds.add(
                                                            new Json(operation)
                                                                    .at("operationId")
                                                                    .text());
                                                }));
        TreeSet<String> served = new TreeSet<>();
        server.routes()
                .forEach(
                        route ->
                                served.add(
                                        route.method().text().toLowerCase(Locale.ROOT)
                                                + " "
                                                + route.path().replace("{+", "{")));
        assertEquals(served, documented);
        assertEquals(served.size(), operationIds.size(), "names of operations are unique");
    }

    @Test
    void describesEachMemberOfEachBody() {
        Json document = document();
        for (Route route : server.routes()) {
            if (route.body().isEmpty()) {
                continue;
            }
            Json schema =
                    operation(document, route).at("requestBody.content").value()
                                    instanceof JsonObject content
                            ? new Json(content.members().get("application/json")).at("schema")
                            : null;
            for (Field<?> field : route.body().get().fields()) {
                Json member = new Json(object(schema.at("properties")).members().get(field.name()));
                assertEquals(field.summary(), member.at("description").text());
            }
            if (route.state() == Route.State.SERVED) {
                assertTrue(
                        route.notes().example().isPresent(),
                        () -> "no call to copy for " + route.path() + "; add withExample");
            }
        }
    }

    /** Each route answers its own example, in the shape that it documents. */
    @Test
    void examplesAreAnsweredAsDocumented() {
        List<String> wrong = new ArrayList<>();
        for (Route route : server.routes()) {
            boolean isOfAdmin = route.access() == Access.ADMIN; // whose routes have their own tests
            if (isOfAdmin || route.state() != Route.State.SERVED || !RouteCall.isAnswered(route)) {
                continue;
            }
            RouteCall call = RouteCall.of(route);
            HttpReply reply = call.send(server.port());
            if (reply.status() != 200) {
                wrong.add(call + " answers " + reply.status() + ": " + reply.body());
                continue;
            }
            assertEquals(
                    route.notes().answer().mediaType(),
                    reply.header("Content-Type").orElse("none"),
                    call::toString);
            route.notes()
                    .answer()
                    .schema()
                    .ifPresent(
                            schema ->
                                    AnswerCheck.check(
                                            call.toString(),
                                            reply.json(),
                                            Json.of(schema.json()),
                                            wrong));
        }
        assertEquals(List.of(), wrong);
    }

    /** Answers that hold more than those to the examples do. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/api/v1/models/bluefly-text-1/generate | /api/v1/models/{+id}/generate |"
                        + " {\"prompt\":\"Once\",\"max_tokens\":3,\"n\":2}",
                "/generate | /generate | {\"text\":\"Once\",\"max_tokens\":3,\"num_samples\":2}",
                "/generate | /generate | {\"inputs\":\"Once\",\"parameters\":{\"details\":true,"
                        + "\"decoder_input_details\":true,\"top_n_tokens\":2,\"max_new_tokens\":3,"
                        + "\"best_of\":2,\"do_sample\":true}}"
            })
    void fullAnswersAreAsDocumented(String path, String route, String body) {
        HttpReply reply = server.post(path, body);
        assertEquals(200, reply.status(), reply.body());
        Route documented =
                server.routes().stream()
                        .filter(one -> one.path().equals(route))
                        .findFirst()
                        .orElseThrow();
        List<String> wrong = new ArrayList<>();
        Json schema = Json.of(documented.notes().answer().schema().orElseThrow().json());
        AnswerCheck.check(path, reply.json(), schema, wrong);
        assertEquals(List.of(), wrong, reply.body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/api/v1/models/bluefly-text-1/generate | {}                | Error",
                "/api/v1/models/no-such/generate        | {\"prompt\":\"a\"}| Error",
                "/models/no-such/proxy                  | {\"inputs\":\"a\"}| Error",
                "/chat/completions                      | {}                | ErrorWithDetail",
                "/generate                              | {}                | Error",
                "/generate                              | {\"inputs\":3}    | TeiError"
            })
    void errorsAreAsDocumented(String path, String body, String name) {
        HttpReply reply = server.post(path, body);
        assertTrue(reply.status() >= 400, reply.body());
        List<String> wrong = new ArrayList<>();
        Json schemas = document().at("components.schemas");
        AnswerCheck.check(path, reply.json(), schemas.at(name), wrong);
        assertEquals(List.of(), wrong, reply.body());
    }

    /** A value that a member's schema allows is taken, and one that it does not is refused. */
    @Test
    void membersTakeWhatTheirSchemasSay() {
        List<String> wrong = new ArrayList<>();
        for (RouteCall call : RouteCall.ofEachBody(server.routes())) {
            for (Field<?> field : call.fields()) {
                SchemaSamples samples = SchemaSamples.of(field.schema().json());
                for (String json : samples.allowed()) {
                    HttpReply reply = call.with(field.name(), json).send(server.port());
                    boolean isForm = UNFIT_MODEL.stream().noneMatch(reply.body()::contains);
                    if (isForm && (reply.status() == 400 || reply.status() == 422)) {
                        wrong.add(
                                "%s refuses %s=%s: %s"
                                        .formatted(call, field.name(), json, reply.body()));
                    }
                }
                for (String json : samples.refused()) {
                    HttpReply reply = call.with(field.name(), json).send(server.port());
                    if (!isRefused(reply, field.name())) {
                        wrong.add(
                                "%s takes %s=%s: %d %s"
                                        .formatted(
                                                call,
                                                field.name(),
                                                json,
                                                reply.status(),
                                                reply.body()));
                    }
                }
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    /** The error names the member, by its path where the form has a place for it. */
    private static boolean isRefused(HttpReply reply, String name) {
        if (reply.status() != 400 && reply.status() != 422) {
            return false;
        }
        Json error = reply.json().at("error");
        return error.value() instanceof JsonObject
                ? error.at("param").text().startsWith(name)
                : error.text().contains(name);
    }

    @Test
    void missingMembersAreNamed() {
        for (Route route : server.routes()) {
            RouteCall call = RouteCall.of(route);
            boolean isServed = route.state() == Route.State.SERVED;
            if (!isServed || route.body().isEmpty() || !RouteCall.isAnswered(route)) {
                continue;
            }
            for (String name : route.body().get().required()) {
                HttpReply reply = call.without(name).send(server.port());
                assertTrue(
                        isRefused(reply, name),
                        () -> call + " without " + name + ": " + reply.body());
            }
        }
    }

    @Test
    void isSentOnceToThoseWhoKeepIt() {
        HttpReply first = server.get("/openapi.json");
        String tag = first.header("ETag").orElseThrow();
        assertEquals("no-cache", first.header("Cache-Control").orElse(""));
        HttpReply second =
                HttpReply.of(
                        server.port(), "GET", "/openapi.json", null, Map.of("If-None-Match", tag));
        assertEquals(304, second.status());
        assertEquals("", second.body());
        assertEquals(tag, second.header("ETag").orElse(""));
    }
}
