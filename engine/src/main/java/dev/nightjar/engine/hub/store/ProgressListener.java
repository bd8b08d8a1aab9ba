package dev.nightjar.engine.hub.store;

/** Is told what happens while a model is pulled. */
@FunctionalInterface
public interface ProgressListener {

    /** Called by several threads, some hundred times a second; should return soon. */
    void accept(PullEvent event);
}
