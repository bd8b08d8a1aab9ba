package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.json.JsonValue;
import dev.nightjar.server.route.Route;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is recorded of a request is what its own answer says it used, in every dialect. */
final class UsageWalkTest {

    /** What answers call the tokens of their inputs and outputs. */
    private static final List<String> PROMPT = List.of("prompt_tokens", "input_tokens");

    private static final List<String> COMPLETION =
            List.of("completion_tokens", "output_tokens", "generated_tokens");

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.startWithEncoders(LoadOptions.defaults(), ServerOptions.defaults());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Every route that generates or encodes, whole and streamed. */
    static Stream<RouteCall> calls() {
        List<Route> routes;
        try (NightjarServer described =
                NightjarServer.openWithoutModels(
                        ServerOptions.defaults().withAddress("127.0.0.1", 0))) {
            routes = described.routes();
        }
        return routes.stream()
                .filter(route -> route.state() == Route.State.SERVED && route.body().isPresent())
                .filter(route -> route.notes().example().isPresent() && RouteCall.isAnswered(route))
                .filter(route -> !RouteCall.isOfRows(route)) // rows have no tokens
                .map(RouteCall::of)
                .filter(call -> call.generates() || !RouteCall.isOfText(call.route()))
                .filter(
                        call ->
                                !call.path().contains("tokenize")
                                        && !call.path().endsWith("decode"))
                .flatMap(
                        call ->
                                call.has("stream") && !call.isStreamedAlways()
                                        ? Stream.of(call, streamed(call))
                                        : Stream.of(call));
    }

    private static RouteCall streamed(RouteCall call) {
        RouteCall stream = call.with("stream", "true");
        return stream.has("stream_options")
                ? stream.with("stream_options", "{\"include_usage\":true}")
                : stream;
    }

    @ParameterizedTest
    @MethodSource("calls")
    void recordedAsAnswered(RouteCall call) {
        Recorded before = Recorded.now();
        HttpReply reply = call.send(server.port());
        assertEquals(200, reply.status(), reply.body());
        Recorded used = Recorded.now().minus(before);
        assertEquals(1, used.requests());
        assertEquals(0, used.errors());
        Stream<Json> documents =
                call.isStreamed() ? reply.events().stream() : Stream.of(reply.json());
        List<Json> answers = documents.toList();
        OptionalLong prompt = last(answers, PROMPT);
        OptionalLong completion = last(answers, COMPLETION);
        assertTrue(used.prompt() > 0, "no tokens of the prompt");
        assertEquals(prompt.orElse(used.prompt()), used.prompt(), reply.body());
        if (call.generates()) {
            assertEquals(completion.orElse(2), used.completion(), reply.body());
        } else {
            assertEquals(0, used.completion());
        }
    }

    /** The last number of one of these names, wherever it stands. */
    private static OptionalLong last(List<Json> answers, List<String> names) {
        return answers.stream()
                .flatMapToLong(answer -> find(answer.value(), names))
                .reduce((first, second) -> second);
    }

    private static LongStream find(JsonValue value, List<String> names) {
        return switch (value) {
            case JsonValue.JsonObject object ->
                    object.members().entrySet().stream()
                            .flatMapToLong(
                                    member ->
                                            names.contains(member.getKey())
                                                            && member.getValue()
                                                                    instanceof
                                                                    JsonValue.JsonInteger number
                                                    ? LongStream.of(number.value())
                                                    : find(member.getValue(), names));
            case JsonValue.JsonArray array ->
                    array.elements().stream().flatMapToLong(each -> find(each, names));
            default -> LongStream.empty();
        };
    }

    /** A client that leaves has used what was computed until then. */
    @Test
    void abortedStreams() {
        Recorded before = Recorded.now();
        long generated = server.stats().generatedTokens();
        try (RawClient client =
                server.connect()
                        .post(
                                "/v1/completions",
                                "{\"model\":\"%s\",\"prompt\":\"Once\",\"max_tokens\":400,\"n\":2,\"stream\":true,\"ignore_eos\":true}"
                                        .formatted(TestModels.NAME))) {
            client.readUntil("data: ");
            TestServer.await(
                    "it generates", () -> server.stats().generatedTokens() > generated + 20);
        }
        TestServer.await("it has ended", () -> server.stats().inFlight() == 0);
        long all = server.stats().generatedTokens() - generated;
        TestServer.await("it is recorded", () -> Recorded.now().minus(before).requests() == 1);
        Recorded used = Recorded.now().minus(before);
        assertEquals(all, used.completion());
        assertTrue(used.prompt() > 0 && used.prompt() < 10, used::toString);
        assertEquals(0, used.errors());
    }

    @Test
    void errorsAreCounted() {
        Recorded before = Recorded.now();
        HttpReply invalid =
                server.post(
                        "/v1/completions",
                        "{\"model\":\"%s\",\"prompt\":\"Once\",\"temperature\":9}"
                                .formatted(TestModels.NAME));
        assertEquals(400, invalid.status());
        Recorded used = Recorded.now().minus(before);
        assertEquals(1, used.errors());
        assertEquals(0, used.prompt() + used.completion());
        HttpReply unknown =
                server.post("/v1/completions", "{\"model\":\"nobody/knows\",\"prompt\":\"x\"}");
        assertEquals(404, unknown.status());
        assertEquals(used, Recorded.now().minus(before));
    }

    @Test
    void queriesNarrowDown() {
        HttpReply reply =
                server.post(
                        "/v1/completions",
                        "{\"model\":\"%s\",\"prompt\":\"Once\",\"max_tokens\":2,\"user\":\"mary\"}"
                                .formatted(TestModels.NAME));
        assertEquals(200, reply.status());
        Json ofMary = server.get("/admin/usage?user=mary").json();
        assertEquals(1, ofMary.at("rows").size());
        assertEquals(TestModels.NAME, ofMary.at("rows.0.model").text());
        assertEquals("anybody", ofMary.at("rows.0.token_id").text());
        assertEquals(1, ofMary.at("rows.0.requests").integer());
        assertEquals(0, server.get("/admin/usage?user=mary&model=other").json().at("rows").size());
        assertEquals(0, server.get("/admin/usage?to=2020-01-01").json().at("rows").size());
        assertEquals(0, server.get("/admin/usage?token=tok_1").json().at("rows").size());
        HttpReply wrong = server.get("/admin/usage?from=yesterday");
        assertEquals(400, wrong.status());
        assertEquals(Optional.of("from"), Optional.of(wrong.json().at("error.param").text()));
    }

    /** Sums over all models. */
    private record Recorded(long requests, long errors, long prompt, long completion) {

        static Recorded now() {
            Json rows = server.get("/admin/usage").json().at("rows");
            Recorded sum = new Recorded(0, 0, 0, 0);
            for (int i = 0; i < rows.size(); i++) {
                Json row = rows.at(Integer.toString(i));
                sum =
                        new Recorded(
                                sum.requests + row.at("requests").integer(),
                                sum.errors + row.at("errors").integer(),
                                sum.prompt + row.at("prompt_tokens").integer(),
                                sum.completion + row.at("completion_tokens").integer());
            }
            return sum;
        }

        Recorded minus(Recorded other) {
            return new Recorded(
                    requests - other.requests,
                    errors - other.errors,
                    prompt - other.prompt,
                    completion - other.completion);
        }
    }
}
