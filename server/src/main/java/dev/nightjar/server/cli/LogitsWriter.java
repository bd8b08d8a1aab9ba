package dev.nightjar.server.cli;

import dev.nightjar.engine.request.LogitsSink;
import dev.nightjar.server.terminal.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Appends rows of logits {@code [V]} to a file. */
final class LogitsWriter implements LogitsSink {

    private final OutputStream file;
    private final Progress progress;

    LogitsWriter(OutputStream file, Progress progress) {
        this.file = file;
        this.progress = progress;
    }

    @Override
    public void accept(int position, float[] logits) {
        ByteBuffer row =
                ByteBuffer.allocate(logits.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        row.asFloatBuffer().put(logits);
        try {
            file.write(row.array());
        } catch (IOException failed) {
            throw new UncheckedIOException("writing logits failed", failed);
        }
        progress.reached(position + 1);
    }
}
