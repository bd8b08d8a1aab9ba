package dev.nightjar.tokenizer;

import java.util.List;

/** Texts of 200 kB that are slow where an algorithm is quadratic. */
final class HardInputs {
    static final List<String> UNITS =
            List.of("a", " ", "7", "\n", " \n", "'", "é", "🦙", "hello", "<|", "l ");

    private static final int LENGTH = 200_000;

    private HardInputs() {}

    static String of(String unit) {
        return unit.repeat(LENGTH / unit.length());
    }
}
