package dev.nightjar.server.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;

/** Writes to a client under its {@link ConnectionClock}. */
final class TimedWriter implements DataWriter {

    private final DataWriter original;
    private final ConnectionClock clock;

    TimedWriter(DataWriter original, ConnectionClock clock) {
        this.original = original;
        this.clock = clock;
    }

    @Override
    public void write(BufferData... buffers) {
        timed(size(buffers), () -> original.write(buffers));
    }

    @Override
    public void write(BufferData buffer) {
        timed(buffer.available(), () -> original.write(buffer));
    }

    @Override
    public void writeNow(BufferData... buffers) {
        timed(size(buffers), () -> original.writeNow(buffers));
    }

    @Override
    public void writeNow(BufferData buffer) {
        timed(buffer.available(), () -> original.writeNow(buffer));
    }

    @Override
    public void flush() {
        timed(0, original::flush);
    }

    @Override
    public void close() {
        original.close();
    }

    private void timed(long bytes, Runnable write) {
        clock.writeBegins(bytes, System.nanoTime());
        try {
            write.run();
        } finally {
            clock.writeEnds();
        }
    }

    private static long size(BufferData... buffers) {
        long bytes = 0;
        for (BufferData buffer : buffers) {
            bytes += buffer.available();
        }
        return bytes;
    }
}
