package dev.nightjar.server.answer;

import dev.nightjar.server.connection.ClientConnection;
import dev.nightjar.server.connection.ClientWatch;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ErrorTable;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Work of the engine that is no generation, done on a thread of its own, so that it can be
 * interrupted without leaving a mark on the request's thread.
 */
final class TimedWork {

    private TimedWork() {}

    @SuppressWarnings("try") // the watch acts by itself while it is open
    static <T> T await(ServerRequest request, Optional<Duration> limit, Callable<T> work) {
        if (limit.isPresent() && limit.get().compareTo(Deadline.OVER) <= 0) {
            throw ErrorTable.timeLimit().asException();
        }
        FutureTask<T> task = new FutureTask<>(work);
        Thread worker = Thread.ofVirtual().unstarted(task);
        try (ClientWatch watch = ClientConnection.of(request).watch(worker::interrupt)) {
            worker.start();
            return result(task, limit, watch);
        } finally {
            worker.interrupt();
        }
    }

    private static <T> T result(FutureTask<T> task, Optional<Duration> limit, ClientWatch watch) {
        try {
            return limit.isPresent()
                    ? task.get(limit.get().toNanos(), TimeUnit.NANOSECONDS)
                    : task.get();
        } catch (TimeoutException late) {
            throw ErrorTable.timeLimit().asException();
        } catch (ExecutionException failed) {
            throw watch.isGone()
                    ? new CloseConnectionException("the client left before its answer was complete")
                    : unchecked(failed.getCause());
        } catch (InterruptedException stopped) {
            throw ApiError.serverError(503, "the server is shutting down")
                    .withCode("shutting_down")
                    .asException();
        }
    }

    private static RuntimeException unchecked(Throwable failure) {
        return failure instanceof RuntimeException known
                ? known
                : new IllegalStateException(failure);
    }
}
