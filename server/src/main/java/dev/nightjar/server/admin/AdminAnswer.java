package dev.nightjar.server.admin;

import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.store.StoreException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerResponse;

/** What the answers of these routes share. */
final class AdminAnswer {

    private static final System.Logger LOG = System.getLogger(AdminAnswer.class.getName());

    private AdminAnswer() {}

    /** Sends JSON that nobody on the way may keep. */
    static void send(ServerResponse response, byte[] json) {
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.send(json);
    }

    /** A handler that needs the store; one that cannot be used is the server's fault. */
    static Handler overStore(Handler handler) {
        return (request, response) -> {
            try {
                handler.handle(request, response);
            } catch (StoreException failed) {
                LOG.log(System.Logger.Level.ERROR, failed.getMessage(), failed.getCause());
                throw ApiError.serverError(
                                503,
                                "the store of tokens, usage and the audit log cannot be used; the"
                                        + " server's log says why")
                        .withCode("store_unavailable")
                        .asException();
            }
        };
    }
}
