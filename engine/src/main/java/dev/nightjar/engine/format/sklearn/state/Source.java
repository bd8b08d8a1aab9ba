package dev.nightjar.engine.format.sklearn.state;

import dev.nightjar.engine.format.ModelFormatException;

/**
 * A file that is being read, with a budget of memory for what is made of it. A pickle can name one
 * array, or one object, any number of times, so that a small file could ask for any amount of
 * memory and time; the budget ends that. For one thread.
 */
public final class Source {
    private static final long LEAST = 64L << 20;
    private static final int TIMES = 32;
    private static final int OBJECT_BYTES = 256;

    private final String name;
    private final long budget;
    private long used;

    /**
     * A file.
     *
     * @param name for errors
     * @param numBytes its size, unpacked
     */
    public Source(String name, long numBytes) {
        this.name = name;
        budget = LEAST + TIMES * numBytes;
    }

    /** The file's name. */
    public String name() {
        return name;
    }

    /** Takes memory from the budget. */
    public void charge(long numBytes) {
        used += numBytes;
        if (used > budget) {
            throw new ModelFormatException(
                    "%s: expected objects that take at most %d bytes, found more; does it name the same ones again and again?"
                            .formatted(name, budget));
        }
    }

    /** Takes what an object needs, whatever it holds. */
    public void chargeObject() {
        charge(OBJECT_BYTES);
    }
}
