package dev.nightjar.engine.model.encoder;

import dev.nightjar.engine.format.Pooling;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RowPooling;

/** Hidden states of sequences become one vector each. */
final class Poolings {

    private Poolings() {}

    /** out [S, C] from hidden [T, C]; skipped tokens do not count, except as first or last one. */
    static void pool(Backend backend, Pooling how, Matrix hidden, EncoderBatch batch, Matrix out) {
        int S = batch.numSequences();
        switch (how) {
            case CLS, RANK -> backend.gatherRows(hidden, batch.starts(), S, out);
            case LAST -> backend.gatherRows(hidden, batch.lastRows(), S, out);
            case MEAN -> mean(backend, hidden, batch, out);
            case MAX -> poolRows(backend, RowPooling.MAX, hidden, batch, out);
            case MEAN_SQRT -> poolRows(backend, RowPooling.MEAN_SQRT, hidden, batch, out);
            case WEIGHTED_MEAN -> poolRows(backend, RowPooling.WEIGHTED_MEAN, hidden, batch, out);
        }
    }

    private static void mean(Backend backend, Matrix hidden, EncoderBatch batch, Matrix out) {
        if (batch.skipsTokens()) {
            poolRows(backend, RowPooling.MEAN, hidden, batch, out);
        } else {
            backend.meanRows(hidden, batch.starts(), batch.numSequences(), batch.numTokens(), out);
        }
    }

    private static void poolRows(
            Backend backend, RowPooling how, Matrix hidden, EncoderBatch batch, Matrix out) {
        backend.poolRows(
                how,
                hidden,
                batch.starts(),
                batch.skipped(),
                batch.numSequences(),
                batch.numTokens(),
                out);
    }
}
