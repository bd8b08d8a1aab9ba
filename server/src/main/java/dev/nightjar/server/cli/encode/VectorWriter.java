package dev.nightjar.server.cli.encode;

/** Writes vectors in some form, each at once or all at the end. */
interface VectorWriter {

    /** Takes the next one. */
    void add(String text, float[] vector);

    /** Writes what needs them all. */
    void end();
}
