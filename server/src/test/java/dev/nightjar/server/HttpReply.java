package dev.nightjar.server;

import dev.nightjar.server.json.JsonReader;
import dev.nightjar.server.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole answer, got with the JDK's own client. */
public record HttpReply(int status, Map<String, List<String>> headers, String body) {

    /** Asks once; a body is sent as JSON. */
    public static HttpReply of(int port, String method, String path, String json) {
        return of(port, method, path, json, Map.of());
    }

    /** Posts bytes that claim to be JSON. */
    public static HttpReply of(int port, String path, byte[] body) {
        return of(port, "POST", path, body, Map.of());
    }

    /** Asks once with more headers. */
    public static HttpReply of(
            int port, String method, String path, String json, Map<String, String> headers) {
        byte[] body = json == null ? null : json.getBytes(StandardCharsets.UTF_8);
        return of(port, method, path, body, headers);
    }

    private static HttpReply of(
            int port, String method, String path, byte[] json, Map<String, String> headers) {
        try {
            URI uri = URI.create("http://127.0.0.1:" + port + path);
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setRequestMethod(method);
            connection.setReadTimeout(60_000);
            headers.forEach(connection::setRequestProperty);
            if (json != null) {
                connection.setDoOutput(true);
                if (!headers.containsKey("Content-Type")) {
                    connection.setRequestProperty("Content-Type", "application/json");
                }
                connection.getOutputStream().write(json);
            }
            int status = connection.getResponseCode();
            InputStream in =
                    status < 400 ? connection.getInputStream() : connection.getErrorStream();
            String body = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new HttpReply(status, connection.getHeaderFields(), body);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(entry -> name.equalsIgnoreCase(entry.getKey()))
                .map(entry -> entry.getValue().getFirst())
                .findFirst();
    }

    /** The body as JSON. */
    public Json json() {
        return Json.of(body);
    }

    /** The data of each event of a stream, without {@code [DONE]}. */
    public List<Json> events() {
        return dataLines().stream().filter(data -> !data.equals("[DONE]")).map(Json::of).toList();
    }

    /** The data of each event as it stands. */
    public List<String> dataLines() {
        return body.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    /** A value inside a JSON document, for assertions. */
    public record Json(JsonValue value) {

        public static Json of(String text) {
            return new Json(JsonReader.read(text.getBytes(StandardCharsets.UTF_8)));
        }

        /** The member or element at a path such as {@code choices.0.message.content}. */
        public Json at(String path) {
            JsonValue found = value;
            for (String step : path.split("\\.")) {
                found =
                        switch (found) {
                            case JsonValue.JsonObject object -> object.members().get(step);
                            case JsonValue.JsonArray array ->
                                    array.elements().get(Integer.parseInt(step));
                            case null, default ->
                                    throw new AssertionError("no " + path + " in " + value);
                        };
            }
            if (found == null) {
                throw new AssertionError("no " + path + " in " + value);
            }
            return new Json(found);
        }

        public boolean has(String name) {
            return value instanceof JsonValue.JsonObject object
                    && object.members().containsKey(name);
        }

        public String text() {
            return ((JsonValue.JsonString) value).value();
        }

        public long integer() {
            return ((JsonValue.JsonInteger) value).value();
        }

        public double number() {
            return switch (value) {
                case JsonValue.JsonInteger integer -> integer.value();
                case JsonValue.JsonDecimal decimal -> decimal.value().doubleValue();
                default -> throw new AssertionError("no number: " + value);
            };
        }

        public boolean bool() {
            return value == JsonValue.JsonBoolean.TRUE;
        }

        public boolean isNull() {
            return value == JsonValue.JsonNull.NULL;
        }

        public int size() {
            return ((JsonValue.JsonArray) value).elements().size();
        }
    }
}
