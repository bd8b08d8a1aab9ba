package dev.nightjar.engine.grammar;

import dev.nightjar.engine.request.TokenConstraint;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.IntFunction;

/** Writes texts by drawing tokens from masks. */
final class Walk {

    private final int numTokens;
    private final IntFunction<byte[]> textOf;
    private final Random random;

    Walk(int numTokens, IntFunction<byte[]> textOf, long seed) {
        this.numTokens = numTokens;
        this.textOf = textOf;
        random = new Random(seed);
    }

    /** A finished text, or null if it grew too long; an end token is likely where it is allowed. */
    String text(TokenConstraint constraint, int endToken, double endShare, int maxTokens) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        long[] mask = new long[(numTokens + 63) / 64];
        for (int i = 0; i < maxTokens; i++) {
            constraint.fillMask(mask);
            boolean mayEnd = isSet(mask, endToken);
            int token = mayEnd && random.nextDouble() < endShare ? endToken : draw(mask, random);
            constraint.accept(token);
            if (token == endToken) {
                return text.toString(StandardCharsets.UTF_8);
            }
            text.writeBytes(textOf.apply(token));
        }
        return null;
    }

    static boolean isSet(long[] mask, int token) {
        return (mask[token >> 6] >>> token & 1) != 0;
    }

    /** One of the tokens of a mask, each as likely as any other. */
    static int draw(long[] mask, Random random) {
        int size = 0;
        for (long word : mask) {
            size += Long.bitCount(word);
        }
        int left = random.nextInt(size);
        for (int i = 0; i < mask.length; i++) {
            int here = Long.bitCount(mask[i]);
            if (left < here) {
                long word = mask[i];
                for (; left > 0; left--) {
                    word &= word - 1;
                }
                return i * 64 + Long.numberOfTrailingZeros(word);
            }
            left -= here;
        }
        throw new AssertionError("an empty mask");
    }
}
