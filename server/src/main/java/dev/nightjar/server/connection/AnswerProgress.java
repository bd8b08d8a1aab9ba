package dev.nightjar.server.connection;

import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/** Hears that the answer to a request begins. */
public final class AnswerProgress implements Http1ConnectionListener {

    /** For all connections. */
    public AnswerProgress() {}

    @Override
    public void status(ConnectionContext context, Status status) {
        RequestProgress.clock(context).answerBegins(System.nanoTime());
    }
}
