package dev.nightjar.engine.predict;

import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The rows of one request and how far they are computed. For the thread of the model. */
final class RowJob {

    private final Table rows;
    private final PredictionKind kind;
    private final CompletableFuture<Predictions> result;
    private final List<Predictions> parts = new ArrayList<>();
    private int next;
    private long numValues;

    RowJob(Table rows, PredictionKind kind, CompletableFuture<Predictions> result) {
        this.rows = rows;
        this.kind = kind;
        this.result = result;
    }

    PredictionKind kind() {
        return kind;
    }

    /** What the caller waits for; any thread. */
    CompletableFuture<Predictions> result() {
        return result;
    }

    boolean fits(RowJob other) {
        return kind == other.kind && rows.hasColumnsOf(other.rows);
    }

    /** The next rows, at most that many. */
    Table take(int most) {
        int from = next;
        next = from + Math.min(most, rows.numRows() - from);
        return rows.rows(from, next);
    }

    /** Keeps what was computed of the rows taken last. */
    void put(Predictions part) {
        parts.add(part);
        numValues += part.values().length;
    }

    /** How many values are kept. */
    long numValues() {
        return numValues;
    }

    boolean isComplete() {
        return next == rows.numRows();
    }

    void complete() {
        result.complete(Predictions.stacked(parts));
    }
}
