package dev.nightjar.server.load;

import dev.nightjar.server.json.JsonReader;
import dev.nightjar.server.json.JsonSyntaxException;
import dev.nightjar.server.json.JsonValue;
import dev.nightjar.server.json.JsonValue.JsonArray;
import dev.nightjar.server.json.JsonValue.JsonInteger;
import dev.nightjar.server.json.JsonValue.JsonObject;
import dev.nightjar.server.json.JsonValue.JsonString;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** One request and its answer, timed. For one thread. */
final class Conversation {

    private static final int OK = 200;
    private static final int MAX_PIECES = 1_000_000;

    private final HttpClient client;
    private final LoadPlan.Api api;
    private final long originNanos;
    private final long dueNanos;
    private final long sentNanos;
    private long[] texts = new long[64];
    private int numTexts;
    private int numTokens;
    private boolean isFinished;

    /** Times count from {@code originNanos}; the request was due at {@code dueNanos}. */
    Conversation(HttpClient client, LoadPlan.Api api, long originNanos, long dueNanos) {
        this.client = client;
        this.api = api;
        this.originNanos = originNanos;
        this.dueNanos = dueNanos;
        sentNanos = now();
    }

    /** Sends the request and reads all of the answer; a failure is an outcome too. */
    RequestOutcome run(HttpRequest request) throws InterruptedException {
        Optional<String> error;
        try {
            HttpResponse<InputStream> response =
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                error =
                        response.statusCode() == OK
                                ? read(body)
                                : Optional.of("HTTP " + response.statusCode());
            }
        } catch (ConnectException refused) {
            error = Optional.of("no connection");
        } catch (HttpTimeoutException late) {
            error = Optional.of("time limit");
        } catch (JsonSyntaxException malformed) {
            error = Optional.of(api.isStreamed() ? "malformed event" : "malformed answer");
        } catch (IOException broken) {
            error = Optional.of("connection broken");
        }
        if (error.isEmpty() && numTexts == 0) {
            error = Optional.of(api.isStreamed() ? "no text" : "no vector");
        }
        return new RequestOutcome(
                dueNanos,
                sentNanos,
                Arrays.copyOf(texts, numTexts),
                now(),
                numTokens == 0 ? numTexts : numTokens,
                error);
    }

    private Optional<String> read(InputStream body) throws IOException {
        if (api.isStreamed()) {
            return readEvents(new EventReader(new BufferedInputStream(body)));
        }
        if (JsonReader.read(body.readAllBytes()) instanceof JsonObject answer
                && hasVector(answer)) {
            texts[numTexts++] = now();
            countTokens(answer, "prompt_tokens");
        }
        return Optional.empty();
    }

    private static boolean hasVector(JsonObject answer) {
        return answer.members().get("data") instanceof JsonArray data
                && !data.elements().isEmpty()
                && data.elements().getFirst() instanceof JsonObject first
                && first.members().get("embedding") instanceof JsonArray vector
                && !vector.elements().isEmpty();
    }

    private Optional<String> readEvents(EventReader events) throws IOException {
        Optional<String> event;
        while ((event = events.next()).isPresent()) {
            if (event.get().equals("[DONE]")) {
                return Optional.empty();
            }
            JsonValue value = JsonReader.read(event.get().getBytes(StandardCharsets.UTF_8));
            if (!(value instanceof JsonObject object)) {
                return Optional.of("malformed event");
            }
            if (object.members().get("error") instanceof JsonObject) {
                return Optional.of("error event");
            }
            accept(object);
        }
        return isFinished ? Optional.empty() : Optional.of("stream cut");
    }

    private void accept(JsonObject event) {
        countTokens(event, "completion_tokens");
        if (event.members().get("choices") instanceof JsonArray choices
                && !choices.elements().isEmpty()
                && choices.elements().getFirst() instanceof JsonObject choice) {
            isFinished |= choice.members().get("finish_reason") instanceof JsonString;
            if (hasText(choice) && numTexts < MAX_PIECES) {
                if (numTexts == texts.length) {
                    texts = Arrays.copyOf(texts, 2 * numTexts);
                }
                texts[numTexts++] = now();
            }
        }
    }

    private void countTokens(JsonObject answer, String member) {
        if (answer.members().get("usage") instanceof JsonObject usage
                && usage.members().get(member) instanceof JsonInteger tokens) {
            numTokens = (int) tokens.value();
        }
    }

    /** Of a completion, of a message, or what the model thinks before it. */
    private static boolean hasText(JsonObject choice) {
        if (isText(choice.members().get("text"))) {
            return true;
        }
        return choice.members().get("delta") instanceof JsonObject delta
                && (isText(delta.members().get("content"))
                        || isText(delta.members().get("reasoning_content")));
    }

    private static boolean isText(JsonValue value) {
        return value instanceof JsonString text && !text.value().isEmpty();
    }

    private long now() {
        return System.nanoTime() - originNanos;
    }
}
