package dev.nightjar.engine.lifecycle;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to use a loaded model: as long as it is open, the model stays in memory. One request
 * holds one; any thread may close it, and closing it twice does no harm.
 */
public final class ModelLease implements AutoCloseable {

    private final ModelInstance instance;
    private final Runnable giveBack;
    private final AtomicBoolean isOpen = new AtomicBoolean(true);

    ModelLease(ModelInstance instance, Runnable giveBack) {
        this.instance = instance;
        this.giveBack = giveBack;
    }

    /** The model; not to be used once this is closed. */
    public ModelInstance model() {
        return instance;
    }

    @Override
    public void close() {
        if (isOpen.compareAndSet(true, false)) {
            giveBack.run();
        }
    }
}
