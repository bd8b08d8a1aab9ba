package dev.nightjar.engine.format;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Damages files in all sorts of small ways and sees that readers only fail as they should. */
public final class Mutations {

    private static final int[] INTERESTING = {0, 1, 0x7f, 0x80, 0xff, '"', '{', '[', '-', '9', 'R'};

    private Mutations() {}

    /**
     * Gives damaged copies of a file to a reader; some must be read and some refused, or the damage
     * has missed its point.
     */
    public static void check(byte[] whole, int count, long seed, Consumer<byte[]> reader) {
        int refused = refused(whole, count, seed, reader);
        assertTrue(refused > 0 && refused < count, "refused %d of %d".formatted(refused, count));
    }

    /**
     * Gives damaged copies of a file to a reader. It may return or throw a {@link
     * ModelFormatException}, which is counted; anything else fails the test.
     */
    public static int refused(byte[] whole, int count, long seed, Consumer<byte[]> reader) {
        SplittableRandom random = new SplittableRandom(seed);
        int refused = 0;
        for (int i = 0; i < count; i++) {
            byte[] damaged = damaged(whole, random);
            try {
                reader.accept(damaged);
            } catch (ModelFormatException expected) {
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("mutation %d of seed %d".formatted(i, seed), e);
            }
        }
        return refused;
    }

    private static byte[] damaged(byte[] whole, SplittableRandom random) {
        byte[] copy = whole.clone();
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times && copy.length > 0; i++) {
            int at = random.nextInt(copy.length);
            switch (random.nextInt(8)) {
                case 0 -> copy = Arrays.copyOf(copy, at);
                case 1 -> copy = without(copy, at, 1 + random.nextInt(8));
                case 2 -> copy = repeated(copy, at, 1 + random.nextInt(16));
                case 3, 4 -> copy[at] ^= (byte) (1 << random.nextInt(8));
                case 5 -> copy[at] = (byte) INTERESTING[random.nextInt(INTERESTING.length)];
                case 6 -> copy[at] = copy[random.nextInt(copy.length)];
                default -> copy[at] = (byte) random.nextInt(256);
            }
        }
        return copy;
    }

    private static byte[] without(byte[] bytes, int at, int count) {
        int end = Math.min(bytes.length, at + count);
        byte[] result = Arrays.copyOf(bytes, bytes.length - (end - at));
        System.arraycopy(bytes, end, result, at, bytes.length - end);
        return result;
    }

    private static byte[] repeated(byte[] bytes, int at, int count) {
        int end = Math.min(bytes.length, at + count);
        byte[] result = new byte[bytes.length + end - at];
        System.arraycopy(bytes, 0, result, 0, end);
        System.arraycopy(bytes, at, result, end, bytes.length - at);
        return result;
    }
}
