package dev.nightjar.engine.warmup;

/** Steps of a miniature, each repeated until the compiler has done with its kernels. */
interface Rounds extends AutoCloseable {

    /** Whether all steps were run, for now. */
    boolean isDone();

    /** Goes on from what a first request consists of to batches of all sizes. */
    void goOn();

    /** One step: less than a millisecond once its kernels are compiled. */
    void step();

    @Override
    void close();
}
