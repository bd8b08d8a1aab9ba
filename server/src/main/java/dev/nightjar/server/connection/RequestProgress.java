package dev.nightjar.server.connection;

import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.Headers;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/** Hears that the headers of a request are there, and refuses one that has too many. */
public final class RequestProgress implements Http1ConnectionListener {

    private static final Status TOO_MANY_HEADERS =
            Status.create(431, "Request Header Fields Too Large");

    private final int maxHeaders;

    /**
     * @param maxHeaders how many headers a request may have
     */
    public RequestProgress(int maxHeaders) {
        this.maxHeaders = maxHeaders;
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        clock(context).headEnds(System.nanoTime());
        int found = 0;
        for (Header header : headers) {
            found += header.valueCount();
        }
        if (found > maxHeaders) {
            throw RequestException.builder()
                    .type(DirectHandler.EventType.BAD_REQUEST)
                    .status(TOO_MANY_HEADERS)
                    .message("expected at most %d headers, found %d".formatted(maxHeaders, found))
                    .safeMessage(true)
                    .setKeepAlive(false)
                    .build();
        }
    }

    static ConnectionClock clock(ConnectionContext context) {
        if (context instanceof WatchedConnectionContext watched) {
            return watched.clock();
        }
        throw new IllegalStateException(
                "the connection is not watched; add a WatchedConnectionSelector to the listener");
    }
}
