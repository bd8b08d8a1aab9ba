package dev.nightjar.engine.format.sklearn.joblib;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.pickle.PickleGlobals;
import dev.nightjar.engine.format.pickle.PickleReader;
import dev.nightjar.engine.format.pickle.PickleValue;
import java.lang.foreign.MemorySegment;

/**
 * A pickle of Python, or a file of joblib: a pickle in which an array's bytes follow the object
 * that describes it, the whole of it compressed or not.
 */
public final class JoblibFile {
    private static final long MAX_BYTES = 1L << 30;

    private JoblibFile() {}

    /**
     * What was read.
     *
     * @param value of the pickle
     * @param numBytes of the file, unpacked
     */
    public record Content(PickleValue value, long numBytes) {}

    /** Whether bytes begin like a compressed file. */
    public static boolean isCompressed(byte[] head) {
        return Compression.of(head).isPresent();
    }

    /**
     * Reads a file.
     *
     * @throws ModelFormatException if it breaks the format, or is compressed in a way that this
     *     machine cannot undo
     */
    public static Content read(byte[] bytes, String file, PickleGlobals globals) {
        byte[] plain = Compression.of(bytes).map(kind -> kind.unpacked(bytes, file)).orElse(bytes);
        PickleValue value =
                PickleReader.read(
                                MemorySegment.ofArray(plain),
                                file,
                                0,
                                0,
                                globals,
                                MAX_BYTES,
                                new ArrayBytes(globals))
                        .value();
        return new Content(value, plain.length);
    }
}
