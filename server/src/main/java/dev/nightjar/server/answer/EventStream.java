package dev.nightjar.server.answer;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A response of server-sent events. Its headers leave at once, and while there is nothing to send a
 * comment line keeps the connection alive: clients and proxies give up on silent ones. A write
 * waits for a slow client, which holds up this stream and no other.
 *
 * <p>Safe for use by several threads.
 */
public final class EventStream implements AutoCloseable {

    private static final byte[] PING = ": ping\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private final long pingNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closed = lock.newCondition();
    private long lastWriteNanos;
    private boolean isClosed;
    private boolean isBroken;

    private EventStream(OutputStream out, Duration pingInterval) {
        this.out = out;
        this.pingNanos = pingInterval.toNanos();
    }

    /**
     * Sends the headers and begins to ping.
     *
     * @param pingInterval the longest silence
     * @throws ServerConnectionException if the client is gone
     */
    public static EventStream open(ServerResponse response, Duration pingInterval) {
        response.header(HeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8");
        response.header(HeaderNames.CACHE_CONTROL, "no-cache");
        response.header(HeaderNames.create("X-Accel-Buffering"), "no");
        EventStream stream = new EventStream(response.outputStream(), pingInterval);
        stream.write(PING);
        Thread.ofVirtual().name("event-stream-ping").start(stream::pingUntilClosed);
        return stream;
    }

    /**
     * Sends one event.
     *
     * @param json one line, in UTF-8
     * @throws ServerConnectionException if the client is gone
     */
    public void send(byte[] json) {
        byte[] event = new byte[DATA.length + json.length + END.length];
        System.arraycopy(DATA, 0, event, 0, DATA.length);
        System.arraycopy(json, 0, event, DATA.length, json.length);
        System.arraycopy(END, 0, event, DATA.length + json.length, END.length);
        write(event);
    }

    /** Ends the stream and its response. */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            closed.signalAll();
            if (!isBroken) {
                out.close();
            }
        } catch (IOException gone) {
            throw new ServerConnectionException("ending the event stream failed", gone);
        } finally {
            lock.unlock();
        }
    }

    private void write(byte[] bytes) {
        lock.lock();
        try {
            out.write(bytes);
            out.flush();
            lastWriteNanos = System.nanoTime();
        } catch (IOException gone) {
            isBroken = true;
            throw new ServerConnectionException("writing an event failed", gone);
        } catch (RuntimeException gone) {
            isBroken = true;
            throw gone;
        } finally {
            lock.unlock();
        }
    }

    private void pingUntilClosed() {
        lock.lock();
        try {
            while (!isClosed && !isBroken) {
                long left = pingNanos - (System.nanoTime() - lastWriteNanos);
                if (left > 0) {
                    awaitClosed(left);
                } else {
                    write(PING);
                }
            }
        } catch (ServerConnectionException gone) {
            // The stream is marked broken, and the client's watch ends the generation.
        } finally {
            lock.unlock();
        }
    }

    private void awaitClosed(long nanos) {
        try {
            boolean isSignalled = closed.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            isClosed = true;
        }
    }
}
