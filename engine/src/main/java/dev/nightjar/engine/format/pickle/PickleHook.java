package dev.nightjar.engine.format.pickle;

import dev.nightjar.engine.format.pickle.PickleValue.PickleCall;

/** What a kind of file puts between the opcodes of its pickles. */
public interface PickleHook {

    /** Nothing. */
    PickleHook NONE = (made, input) -> made;

    /**
     * Called when an object's state was set.
     *
     * @param made the object
     * @param input stands behind the opcode; what is read from it is no opcode
     * @return what takes the object's place
     */
    PickleValue built(PickleCall made, PickleInput input);
}
