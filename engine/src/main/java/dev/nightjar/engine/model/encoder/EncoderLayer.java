package dev.nightjar.engine.model.encoder;

/** One block: attention and feed-forward, each added to what goes in, with norms. */
sealed interface EncoderLayer permits PostNormLayer, PreNormLayer {

    /** Replaces {@code space.hidden}. */
    void forward(EncoderBatch batch, EncoderSpace space);

    /** Device memory of weights beyond the checkpoint's own. */
    long extraBytes();
}
