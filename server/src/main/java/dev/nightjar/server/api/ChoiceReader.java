package dev.nightjar.server.api;

import dev.nightjar.engine.text.TextEvent;

/**
 * Takes what the choices of a request generate. Calls for one choice follow each other; calls for
 * different choices may overlap.
 */
public interface ChoiceReader {

    /** More text of a choice. */
    void delta(int choice, String text);

    /** The end of a choice, once. */
    void finished(int choice, TextEvent.Finished finished);
}
