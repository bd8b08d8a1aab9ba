package dev.nightjar.server.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Names a request in answers and logs. */
public final class RequestId {

    /** The header that carries it, in both directions. */
    public static final String HEADER = "x-request-id";

    /** What may be echoed: nothing that could break a header or a log line. */
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");

    private RequestId() {}

    /** The id that this answer carries. */
    public static String of(ServerResponse response) {
        return response.headers().first(HeaderNames.create(HEADER)).orElse("-");
    }

    /** The client's id if it is sane, else a new one. */
    public static String of(Optional<String> fromClient) {
        return fromClient
                .filter(id -> SANE.matcher(id).matches())
                .orElseGet(() -> "req_" + UUID.randomUUID().toString().replace("-", ""));
    }
}
