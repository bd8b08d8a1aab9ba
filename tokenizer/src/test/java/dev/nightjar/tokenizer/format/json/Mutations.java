package dev.nightjar.tokenizer.format.json;

import java.util.Arrays;
import java.util.Random;

/** Damages files: bytes changed, cut off, repeated or left out. */
public final class Mutations {
    private Mutations() {}

    /** A damaged copy; the same random numbers give the same damage. */
    public static byte[] of(byte[] valid, Random random) {
        byte[] file = valid.clone();
        for (int change = random.nextInt(1, 5); change > 0; change--) {
            file = once(file, random);
        }
        return file;
    }

    private static byte[] once(byte[] file, Random random) {
        if (file.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(file.length);
        switch (random.nextInt(6)) {
            case 0 -> file[at] = (byte) random.nextInt();
            case 1 -> file[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> file[at] = (byte) (random.nextBoolean() ? 0xFF : 0x7F);
            case 3 -> {
                return Arrays.copyOf(file, at);
            }
            case 4 -> {
                int end = Math.min(file.length, at + random.nextInt(1, 20));
                byte[] shorter = Arrays.copyOf(file, file.length - (end - at));
                System.arraycopy(file, end, shorter, at, file.length - end);
                return shorter;
            }
            default -> {
                int length = Math.min(file.length - at, random.nextInt(1, 20));
                byte[] longer = Arrays.copyOf(file, file.length + length);
                System.arraycopy(file, at, longer, at + length, file.length - at);
                return longer;
            }
        }
        return file;
    }
}
