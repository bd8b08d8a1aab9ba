package dev.nightjar.engine.run;

import dev.nightjar.engine.request.LogitsSink;
import dev.nightjar.kernels.backend.Matrix;

/** Hands logits to a sink, row by row. */
final class LogitRows implements PromptPass.Reader {

    private final Matrix logits;
    private final LogitsSink sink;
    private final float[] row;

    LogitRows(Matrix logits, LogitsSink sink) {
        this.logits = logits;
        this.sink = sink;
        row = new float[logits.cols()];
    }

    @Override
    public void read(int first, int count) {
        for (int i = 0; i < count; i++) {
            logits.buffer().read((long) i * row.length, row, 0, row.length);
            sink.accept(first + i, row);
        }
    }
}
