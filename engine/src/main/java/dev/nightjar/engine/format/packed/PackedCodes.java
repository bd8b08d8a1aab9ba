package dev.nightjar.engine.format.packed;

/** The integer weights of one projection, whichever way they are packed. */
interface PackedCodes {

    /** Name of the projection. */
    String name();

    /** Bits of a code. */
    int bits();

    /** Inputs of the projection. */
    int numInputs();

    /** Outputs of the projection. */
    int numOutputs();

    /** Writes code minus zero point for each output of one input, which belongs to a group. */
    void differences(int input, int group, int[] target);
}
