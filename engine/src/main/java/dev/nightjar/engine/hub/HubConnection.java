package dev.nightjar.engine.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;

/**
 * Sends requests and follows redirects. The token goes to the endpoint alone: hubs redirect
 * downloads to other hosts, which need none and must not learn it.
 */
final class HubConnection implements AutoCloseable {

    private static final int MAX_REDIRECTS = 10;
    private static final String AGENT = "nightjar";

    private final HubSettings settings;
    private final HttpClient client;

    HubConnection(HubSettings settings) {
        this.settings = settings;
        // Redirects are followed here, as the client would take the token along; HTTP/1.1, as
        // parallel files are faster over connections of their own.
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(settings.timeout())
                        .build();
    }

    /**
     * The answer to a GET, whatever its status but a redirect; the caller closes its body.
     *
     * @throws HubException.Unavailable if there is none
     */
    HttpResponse<InputStream> get(URI uri, Map<String, String> headers) {
        URI next = uri;
        for (int i = 0; i <= MAX_REDIRECTS; i++) {
            HttpResponse<InputStream> response = send(next, headers);
            Optional<URI> target = redirect(response);
            if (target.isEmpty()) {
                return response;
            }
            closeQuietly(response.body());
            next = target.get();
        }
        throw new HubException.BadAnswer(
                "%s was redirected more than %d times".formatted(uri, MAX_REDIRECTS));
    }

    /** Ends all transfers. */
    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpResponse<InputStream> send(URI uri, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(settings.timeout()).header("User-Agent", AGENT);
        headers.forEach(request::header);
        settings.token()
                .filter(token -> isSameOrigin(uri, settings.endpoint()))
                .ifPresent(token -> request.header("Authorization", "Bearer " + token));
        try {
            return client.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException failed) {
            throw new HubException.Unavailable(
                    "no answer from %s (%s)".formatted(origin(uri), reason(failed)), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new HubException.Unavailable("the request was interrupted", interrupted);
        }
    }

    private static Optional<URI> redirect(HttpResponse<InputStream> response) {
        return switch (response.statusCode()) {
            case 301, 302, 303, 307, 308 -> Optional.of(target(response));
            default -> Optional.empty();
        };
    }

    private static URI target(HttpResponse<InputStream> response) {
        String location = response.headers().firstValue("Location").orElse("");
        try {
            URI target = response.uri().resolve(location);
            boolean isWeb = String.valueOf(target.getScheme()).matches("https?");
            boolean isDowngrade =
                    response.uri().getScheme().equals("https")
                            && !target.getScheme().equals("https");
            if (!location.isEmpty() && isWeb && !isDowngrade && target.getHost() != null) {
                return target;
            }
        } catch (IllegalArgumentException unreadable) {
            // Told below, as any other place that cannot be followed.
        }
        closeQuietly(response.body());
        throw new HubException.BadAnswer(
                "%s redirects to '%s', which is not followed"
                        .formatted(origin(response.uri()), location));
    }

    /** Same scheme, host and port. */
    private static boolean isSameOrigin(URI a, URI b) {
        return origin(a).equals(origin(b));
    }

    private static String origin(URI uri) {
        int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
        return uri.getScheme() + "://" + uri.getHost() + ":" + port;
    }

    private static String reason(IOException failed) {
        String message = failed.getMessage();
        return message == null ? failed.getClass().getSimpleName() : message;
    }

    /** Nothing depends on the end of a body that nobody reads. */
    static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException ignored) {
            // The connection is not used again.
        }
    }
}
