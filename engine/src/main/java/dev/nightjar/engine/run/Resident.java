package dev.nightjar.engine.run;

/** What a device hosts: a model or an encoder in service. */
public sealed interface Resident extends AutoCloseable permits LoadedModel, LoadedEncoder {

    /** Public name; any thread. */
    String name();

    /** Refuses new work from now on; any thread. What runs goes on. */
    void refuseWork();

    /** Whether anything of it is computed or waits; any thread. */
    boolean isBusy();

    /** Ends what runs and releases its memory, on the engine thread; twice does no harm. */
    @Override
    void close();
}
