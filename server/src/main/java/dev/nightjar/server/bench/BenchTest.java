package dev.nightjar.server.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What is measured.
 *
 * @param kind which tokens count
 * @param numTokens tokens per sequence that count
 * @param depth tokens that the context holds before
 * @param batch sequences at the same time
 */
public record BenchTest(Kind kind, int numTokens, int depth, int batch) {

    private static final int MAX_TOKENS = 1 << 20;
    private static final int MAX_BATCH = 1024;

    /** Which tokens count. */
    public enum Kind {
        /** Those of a prompt. */
        PREFILL,
        /** Generated ones. */
        DECODE
    }

    /** Checks the sizes. */
    public BenchTest {
        check("tokens", numTokens, 1, MAX_TOKENS);
        check("depth", depth, 0, MAX_TOKENS);
        check("batch", batch, 1, MAX_BATCH);
    }

    private static void check(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "%s: expected %d to %d, found %d".formatted(name, min, max, value));
        }
    }

    /**
     * Every prompt length and every combination of generated tokens and batch, at every depth.
     * Lengths of 0 leave the kind out.
     */
    public static List<BenchTest> all(
            List<Integer> prompts,
            List<Integer> generated,
            List<Integer> depths,
            List<Integer> batches) {
        List<BenchTest> tests = new ArrayList<>();
        for (int depth : depths) {
            for (int length : prompts) {
                if (length != 0) {
                    tests.add(new BenchTest(Kind.PREFILL, length, depth, 1));
                }
            }
            for (int length : generated) {
                for (int batch : batches) {
                    if (length != 0) {
                        tests.add(new BenchTest(Kind.DECODE, length, depth, batch));
                    }
                }
            }
        }
        return tests;
    }

    /** {@code pp512}, {@code tg64}, {@code tg64@d1024}, {@code tg64@b8}. */
    public String name() {
        return (kind == Kind.PREFILL ? "pp" : "tg")
                + numTokens
                + (depth == 0 ? "" : "@d" + depth)
                + (batch == 1 ? "" : "@b" + batch);
    }

    /** Tokens of context that a sequence of it needs, the last generated one included. */
    public int contextTokens() {
        return Math.max(1, depth) + numTokens + 1;
    }
}
