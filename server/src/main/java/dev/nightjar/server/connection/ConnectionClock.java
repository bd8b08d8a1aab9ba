package dev.nightjar.server.connection;

/**
 * Knows how long a connection has been at what it does, and ends it when that was too long.
 *
 * <p>A read or write is ended by interrupting its thread, which closes the socket: closing it from
 * outside would wait for the very write that hangs. Reads of a {@link ClientWatch} are not timed,
 * as they wait for a client that has nothing to say.
 */
final class ConnectionClock {

    private enum Stage {
        IDLE,
        HEAD,
        BODY,
        ANSWER
    }

    private final Patience patience;

    private Stage stage = Stage.HEAD;
    private long stageNanos;
    private long bodyBytes;
    private Thread reader; // null unless it waits for bytes
    private Thread writer; // null unless it writes
    private long writeNanos;
    private long writeBytes;
    private boolean isEnded;

    ConnectionClock(Patience patience, long nowNanos) {
        this.patience = patience;
        this.stageNanos = nowNanos;
    }

    /** The calling thread waits for bytes now. */
    synchronized void readBegins(long nowNanos) {
        if (stage == Stage.ANSWER) {
            enter(Stage.IDLE, nowNanos);
        }
        reader = Thread.currentThread();
    }

    /** It has so many; 0 at the end of the connection. */
    synchronized void readEnds(int bytes, long nowNanos) {
        reader = null;
        forgetInterrupt();
        if (stage == Stage.IDLE && bytes > 0) {
            enter(Stage.HEAD, nowNanos);
        }
        bodyBytes += bytes;
    }

    /** The headers of a request are there, and its body follows. */
    synchronized void headEnds(long nowNanos) {
        enter(Stage.BODY, nowNanos);
    }

    /** The answer begins, so whatever is read next belongs to the next request. */
    synchronized void answerBegins(long nowNanos) {
        enter(Stage.ANSWER, nowNanos);
    }

    /** The calling thread writes so many bytes now. */
    synchronized void writeBegins(long bytes, long nowNanos) {
        writer = Thread.currentThread();
        writeBytes = bytes;
        writeNanos = nowNanos;
    }

    /** They are written, or failed to be. */
    synchronized void writeEnds() {
        writer = null;
        forgetInterrupt();
    }

    /** Ends the connection if it takes too long; true the one time that it does. */
    synchronized boolean endIfOverdue(long nowNanos) {
        if (isEnded) {
            return false;
        }
        if (writer != null
                && nowNanos - writeNanos
                        > patience.write().toNanos() + patience.nanosFor(writeBytes)) {
            end(writer);
        } else if (reader != null && nowNanos - stageNanos > readNanos()) {
            end(reader);
        }
        return isEnded;
    }

    private long readNanos() {
        return switch (stage) {
            case IDLE, ANSWER -> patience.idle().toNanos();
            case HEAD -> patience.head().toNanos();
            case BODY -> patience.body().toNanos() + patience.nanosFor(bodyBytes);
        };
    }

    private void enter(Stage next, long nowNanos) {
        stage = next;
        stageNanos = nowNanos;
        bodyBytes = 0;
    }

    private void end(Thread waiting) {
        isEnded = true;
        waiting.interrupt();
    }

    /** What cleans up after this connection must not be disturbed by its end. */
    private void forgetInterrupt() {
        if (isEnded) {
            Thread.interrupted();
        }
    }
}
