package dev.nightjar.server.choice;

import dev.nightjar.engine.text.TextEvent;

/**
 * Takes what the choices of a request generate. Calls for one choice follow each other; calls for
 * different choices may overlap.
 */
public interface ChoiceReader {

    /** The next event of a choice; {@link TextEvent.Finished} comes last, once. */
    void accept(int choice, TextEvent event);
}
