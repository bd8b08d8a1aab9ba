package dev.nightjar.engine.predict;

import dev.nightjar.engine.metrics.RowStats;
import dev.nightjar.engine.request.EngineClosedException;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;

/** What the thread of a model does: takes the rows that are there, of one kind, and computes. */
final class RowBatches implements Runnable {

    private static final System.Logger LOG = System.getLogger(RowBatches.class.getName());

    /** More make a row no cheaper; fewer let another request begin sooner. */
    static final int MAX_ROWS = 4096;

    /** Most that is kept for one request: 256 MiB. */
    private static final long MAX_VALUES = 1L << 25;

    /** Of answers that have a value for each tree or feature. */
    private static final int MAX_WIDE_ROWS = 256;

    private final TabularModel model;
    private final BlockingQueue<RowJob> inbox;
    private final Runnable ended;
    private final Deque<RowJob> pending = new ArrayDeque<>();
    private volatile RowStats stats = new RowStats(0, 0, 0, 0);

    /** The rows of a job in a batch. */
    private record Part(RowJob job, Table rows) {}

    RowBatches(TabularModel model, BlockingQueue<RowJob> inbox, Runnable ended) {
        this.model = model;
        this.inbox = inbox;
        this.ended = ended;
    }

    RowStats stats(int waiting) {
        RowStats now = stats;
        return new RowStats(now.batches(), now.requests(), now.rows(), waiting);
    }

    /** Until it is interrupted; then what is left ends with a failure. */
    @Override
    public void run() {
        try {
            while (true) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (pending.isEmpty()) {
                    pending.add(inbox.take());
                }
                inbox.drainTo(pending);
                compute(nextBatch());
            }
        } catch (InterruptedException stopped) {
            pending.forEach(
                    job -> {
                        job.result().completeExceptionally(new EngineClosedException());
                        ended.run();
                    });
            pending.clear();
        }
    }

    /** Rows of the first job and of all that can be computed with it, in turn. */
    private List<Part> nextBatch() {
        pending.removeIf(this::isGivenUp);
        List<Part> batch = new ArrayList<>();
        int room = pending.isEmpty() ? 0 : maxRows(pending.getFirst().kind());
        for (RowJob job : pending) {
            if (room > 0 && (batch.isEmpty() || job.fits(batch.getFirst().job))) {
                Table rows = job.take(room);
                batch.add(new Part(job, rows));
                room -= rows.numRows();
            }
        }
        if (!pending.isEmpty()) {
            pending.add(pending.remove()); // another request begins the next batch
        }
        return batch;
    }

    private static int maxRows(PredictionKind kind) {
        return switch (kind) {
            case LEAVES, CONTRIBUTIONS -> MAX_WIDE_ROWS;
            case VALUE, RAW, PROBABILITY -> MAX_ROWS;
        };
    }

    private boolean isGivenUp(RowJob job) {
        if (job.result().isDone()) {
            ended.run();
            return true;
        }
        return false;
    }

    private void compute(List<Part> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            deliver(batch, predict(batch));
        } catch (RuntimeException | Error failure) {
            if (batch.size() > 1) {
                // One request's rows must not fail the others'.
                batch.forEach(part -> compute(List.of(part)));
                return;
            }
            logUnforeseen(failure);
            end(batch.getFirst().job, failure);
        }
    }

    private Predictions predict(List<Part> batch) {
        PredictionKind kind = batch.getFirst().job.kind();
        if (batch.size() == 1) {
            return model.predict(batch.getFirst().rows, kind);
        }
        return model.predict(Table.stacked(batch.stream().map(Part::rows).toList()), kind);
    }

    private void deliver(List<Part> batch, Predictions predictions) {
        int row = 0;
        for (Part part : batch) {
            part.job.put(predictions.rows(row, row + part.rows.numRows()));
            row += part.rows.numRows();
        }
        count(row);
        for (Part part : batch) {
            if (part.job.numValues() > MAX_VALUES) {
                end(part.job, tooLarge());
            } else if (part.job.isComplete()) {
                remove(part.job);
                part.job.complete();
            }
        }
    }

    private static InvalidRequestException tooLarge() {
        return new InvalidRequestException(
                "inputs",
                "expected rows whose predictions are at most %d values together, found more; ask in parts"
                        .formatted(MAX_VALUES));
    }

    private void count(int numRows) {
        RowStats now = stats;
        stats = new RowStats(now.batches() + 1, now.requests(), now.rows() + numRows, 0);
    }

    private void end(RowJob job, Throwable failure) {
        remove(job);
        job.result().completeExceptionally(failure);
    }

    private void remove(RowJob job) {
        pending.remove(job);
        RowStats now = stats;
        stats = new RowStats(now.batches(), now.requests() + 1, now.rows(), 0);
        ended.run();
    }

    private static void logUnforeseen(Throwable failure) {
        if (!(failure instanceof InvalidRequestException)) {
            LOG.log(System.Logger.Level.ERROR, "a batch of rows failed", failure);
        }
    }
}
