package dev.nightjar.engine.encoder;

/** What an encoder is good for, by its head. */
public enum EncoderTask {
    /** Texts become vectors. */
    EMBED,
    /** Pairs of a query and a text get a score. */
    RERANK,
    /** Texts get a score for each label. */
    CLASSIFY
}
