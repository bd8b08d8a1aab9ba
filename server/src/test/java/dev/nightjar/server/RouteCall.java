package dev.nightjar.server;

import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.gate.Access;
import dev.nightjar.server.json.JsonReader;
import dev.nightjar.server.json.JsonValue.JsonObject;
import dev.nightjar.server.route.Dialect;
import dev.nightjar.server.route.Route;
import io.helidon.http.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A call of a route, made from the example that the route declares: it generates two tokens.
 *
 * @param route which is called
 * @param members of the body, as JSON texts
 */
record RouteCall(Route route, Map<String, String> members) {

    private static final Set<String> LIMITS =
            Set.of("max_tokens", "max_new_tokens", "max_completion_tokens", "parameters");

    /** Names of one thing: who gives one must leave the others out. */
    private static final List<Set<String>> ALTERNATIVES =
            List.of(
                    Set.of("text", "content", "prompt", "messages", "inputs"),
                    Set.of("texts", "documents"),
                    Set.of("expires_in", "expires_at", "never_expires"));

    /** Members that mean nothing without others. */
    private static final Map<String, Map<String, String>> COMPANIONS =
            Map.of(
                    "stream_options", Map.of("stream", "true"),
                    "top_logprobs", Map.of("logprobs", "true"),
                    "parameters", Map.of("inputs", "\"Once\""));

    static RouteCall of(Route route) {
        Map<String, String> members = new LinkedHashMap<>();
        route.notes()
                .example()
                .map(example -> example.bodyFor(model(route)))
                .map(body -> JsonReader.read(body.getBytes(StandardCharsets.UTF_8)))
                .ifPresent(
                        body ->
                                ((JsonObject) body)
                                        .members()
                                        .forEach(
                                                (name, value) ->
                                                        members.put(name, JsonTexts.of(value))));
        members.replaceAll((name, value) -> LIMITS.contains(name) ? limited(name) : value);
        return new RouteCall(route, members);
    }

    private static String limited(String name) {
        return name.equals("parameters") ? "{\"max_new_tokens\":2}" : "2";
    }

    /** One call for each body that is read, as several routes may share one. */
    static List<RouteCall> ofEachBody(List<Route> routes) {
        Map<BodySpec, RouteCall> calls = new IdentityHashMap<>();
        List<RouteCall> inOrder = new ArrayList<>();
        for (Route route : routes) {
            RouteCall call = of(route);
            boolean isNew =
                    route.body().isPresent() && calls.putIfAbsent(route.body().get(), call) == null;
            if (isNew && route.state() == Route.State.SERVED && isAnswered(route)) {
                inOrder.add(call);
            }
        }
        return inOrder;
    }

    /** The model that can answer a route. */
    private static String model(Route route) {
        if (changesServer(route)) {
            return "no-such-model";
        }
        String call = route.notes().example().map(example -> example.name()).orElse("");
        if (call.contains("embed") || route.path().endsWith("/info")) {
            return TestModels.EMBEDDER;
        }
        if (isOfRows(route)) {
            return TestModels.PREDICTOR;
        }
        if (call.contains("rerank")) {
            return TestModels.RERANKER;
        }
        boolean labels = call.contains("classify") || call.contains("predict");
        return labels ? TestModels.CLASSIFIER : TestModels.NAME;
    }

    /** Whether a model of rows answers a route, and no other. */
    static boolean isOfRows(Route route) {
        return route.dialect() == Dialect.OPEN_INFERENCE;
    }

    /** Whether a model of text answers a route. */
    static boolean isOfText(Route route) {
        return model(route).equals(TestModels.NAME);
    }

    /** Whether a model is there that can answer a route. */
    static boolean isAnswered(Route route) {
        return !changesServer(route) && (isOfText(route) || TestModels.hasEncoders());
    }

    /** Whether an administrator's call changes what later calls find. */
    static boolean changesServer(Route route) {
        return route.access() == Access.ADMIN && !route.method().equals(Method.GET);
    }

    /** Where it goes: to the test model, if the path names one. */
    String path() {
        String path = route.path().replace("{+file}", "index.html"); // of the console
        path = path.replace("{version}", "1");
        return path.replaceAll("\\{[^}]*}", model(route).replace("/", "%2F"));
    }

    /** With one more member, or another value of one; as JSON. */
    RouteCall with(String name, String json) {
        Map<String, String> more = new LinkedHashMap<>(members);
        ALTERNATIVES.stream()
                .filter(group -> group.contains(name))
                .forEach(group -> more.keySet().removeAll(group));
        if (isOfText(route)) {
            more.putAll(COMPANIONS.getOrDefault(name, Map.of()));
        }
        if (name.equals("parameters")) {
            more.remove("text");
        }
        if (name.equals("best_of") && json.matches("\\d+")) {
            more.put("n", json.equals("65") ? "64" : json.equals("0") ? "1" : json);
        }
        if (json.equals("0") && LIMITS.contains(name) && has("echo")) {
            more.put("echo", "true");
        }
        more.put(name, json);
        return new RouteCall(route, more);
    }

    RouteCall without(String name) {
        Map<String, String> less = new LinkedHashMap<>(members);
        less.remove(name);
        return new RouteCall(route, less);
    }

    /** Whether it generates text. */
    boolean generates() {
        return isOfText(route) && (has("temperature") || has("parameters"));
    }

    /** Whether the answer is a stream of events. */
    boolean isStreamed() {
        return isStreamedAlways() || "true".equals(members.get("stream"));
    }

    boolean isStreamedAlways() {
        return route.notes().answer().mediaType().startsWith("text/event-stream");
    }

    /** The same with so many tokens that it does not end before somebody ends it. */
    RouteCall endless() {
        Map<String, String> more = new LinkedHashMap<>(members);
        more.replaceAll(
                (name, value) ->
                        !LIMITS.contains(name)
                                ? value
                                : name.equals("parameters")
                                        ? "{\"max_new_tokens\":400,\"temperature\":2}"
                                        : "400");
        if (has("temperature")) {
            more.put("temperature", "2");
        }
        return new RouteCall(route, more);
    }

    /** Whether the route declares a member. */
    boolean has(String name) {
        return route.body().filter(body -> body.names().contains(name)).isPresent();
    }

    List<Field<?>> fields() {
        return route.body().map(body -> body.fields()).orElse(List.of());
    }

    String body() {
        return members.entrySet().stream()
                .map(member -> "\"%s\":%s".formatted(member.getKey(), member.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    HttpReply send(int port) {
        return send(port, Map.of());
    }

    HttpReply send(int port, Map<String, String> headers) {
        Optional<String> body = route.body().map(spec -> body());
        return HttpReply.of(port, route.method().text(), path(), body.orElse(null), headers);
    }

    @Override
    public String toString() {
        return route.method().text()
                + " "
                + route.path()
                + ("true".equals(members.get("stream")) ? " as a stream" : "");
    }
}
