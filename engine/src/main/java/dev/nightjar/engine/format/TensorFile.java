package dev.nightjar.engine.format;

/**
 * Named tensors out of one or several open files. Whoever opens it closes it; tensors that it
 * handed out must not be used afterwards.
 */
public interface TensorFile extends TensorSource, AutoCloseable {

    /** Size of all files together. */
    long fileBytes();

    /** Number of files. */
    int numFiles();

    /** Releases the files; the second call does nothing. */
    @Override
    void close();
}
