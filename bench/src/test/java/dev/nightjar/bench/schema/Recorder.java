package dev.nightjar.bench.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Sends requests and keeps the JSON texts of the answers. */
final class Recorder implements AutoCloseable {

    private static final String DATA = "data: ";
    private static final String END = "[DONE]";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    /** For a server. */
    Recorder(String url) {
        this.url = url;
    }

    /** The whole answer; a GET without a body. */
    String whole(int status, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(path, body);
        assertEquals(status, answer.statusCode(), answer.body());
        return answer.body();
    }

    /** The data of all events up to the end mark, which must be there. */
    List<String> events(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(path, body);
        assertEquals(200, answer.statusCode(), answer.body());
        List<String> events = new ArrayList<>();
        for (String line : answer.body().split("\n")) {
            assertTrue(line.isEmpty() || line.startsWith(":") || line.startsWith(DATA), line);
            if (line.startsWith(DATA)) {
                events.add(line.substring(DATA.length()));
            }
        }
        assertEquals(END, events.removeLast());
        assertTrue(!events.isEmpty(), "a stream without events");
        return events;
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpResponse<String> send(String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
