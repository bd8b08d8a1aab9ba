package dev.nightjar.server.soak;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Sends one request of a kind and says whether it was answered as it should be. Thread-safe. */
final class SoakClient implements AutoCloseable {

    /** Longer than any standstill of a machine that others use, too. */
    private static final Duration TIMEOUT = Duration.ofMinutes(15);

    private static final int MAX_WORDS = 120;
    private static final int MAX_TOKENS = 64;
    private static final int OK = 200;
    private static final String[] WORDS = {
        "the", "bird", "sings", "at", "night", "over", "a", "quiet", "field", "of", "grass", "and",
        "nobody", "hears", "it", "but", "moon"
    };

    private final SoakPlan plan;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    SoakClient(SoakPlan plan) {
        this.plan = plan;
    }

    /**
     * Sends a request.
     *
     * @return the status of the answer
     * @throws IOException if there was no answer, or it broke off
     */
    int send(SoakKind kind, RandomGenerator random) throws IOException, InterruptedException {
        var request = post("/v1/completions", body(kind, random));
        var response = client.send(request, BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            if (kind == SoakKind.LEAVE && response.statusCode() == OK) {
                in.readNBytes(random.nextInt(2000)); // closing the stream closes the connection
            } else {
                requireEnd(kind, response.statusCode(), in.readAllBytes());
            }
        }
        return response.statusCode();
    }

    private static void requireEnd(SoakKind kind, int status, byte[] body) throws IOException {
        String text = new String(body, StandardCharsets.UTF_8);
        if (kind == SoakKind.STREAM && status == OK && !text.endsWith("data: [DONE]\n\n")) {
            throw new IOException("a stream ended without [DONE]");
        }
    }

    private String body(SoakKind kind, RandomGenerator random) {
        return switch (kind) {
            case STREAM, LEAVE -> completion(plan.model(), random, ",\"stream\":true");
            case WHOLE -> completion(plan.model(), random, "");
            case GARBAGE -> "{\"prompt\":" + random.nextLong();
            case REFUSED ->
                    random.nextBoolean()
                            ? completion("no-such-model-" + random.nextInt(), random, "")
                            : completion(plan.model(), random, ",\"top_p\":-1");
        };
    }

    private static String completion(String model, RandomGenerator random, String more) {
        StringBuilder prompt = new StringBuilder("once");
        for (int i = random.nextInt(MAX_WORDS); i > 0; i--) {
            prompt.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
        }
        return "{\"model\":\"%s\",\"prompt\":\"%s\",\"max_tokens\":%d%s}"
                .formatted(model, prompt, 1 + random.nextInt(MAX_TOKENS), more);
    }

    /** The page of metrics. */
    String metrics() throws IOException, InterruptedException {
        var request = request("/metrics").GET().build();
        var response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() != OK) {
            throw new IOException("GET /metrics answers " + response.statusCode());
        }
        return response.body();
    }

    /** Loads the model anew; returns the status. */
    int reload() throws IOException, InterruptedException {
        var request = post("/admin/models/" + plan.model() + "/reload", "{}");
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    private HttpRequest post(String path, String body) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        URI uri = plan.url().resolve(path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(TIMEOUT);
        plan.apiKey().ifPresent(key -> request.header("Authorization", "Bearer " + key));
        return request;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
