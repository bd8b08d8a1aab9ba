package dev.nightjar.engine.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Makes up a byte-level vocabulary of any size from 512 on: the 256 bytes, then sequences of
 * letters, some with a space before them, each by one merge of a shorter one and a letter, then two
 * tokens that begin and end a text.
 */
final class PlainVocabulary {

    private static final int NUM_BYTES = 256;

    /** How byte-level vocabularies write the space. */
    private static final String SPACE = "\u0120";

    private static final String LETTERS = "etaoinshrdlucmfwypvbgkjqxz";

    private PlainVocabulary() {}

    static ByteVocabulary ofSize(int vocabSize) {
        List<String> tokens = bytes();
        List<String> merges = new ArrayList<>();
        int numOrdinary = vocabSize - 2;
        List<String> shorter = new ArrayList<>(List.of(SPACE));
        LETTERS.chars().forEach(letter -> shorter.add(Character.toString(letter)));
        while (tokens.size() < numOrdinary) {
            List<String> longer = longer(shorter, numOrdinary - tokens.size(), merges);
            tokens.addAll(longer);
            shorter.clear();
            shorter.addAll(longer);
        }
        tokens.add("<|begin|>");
        tokens.add("<|end|>");
        return new ByteVocabulary(
                "the plain vocabulary",
                tokens,
                numOrdinary,
                merges,
                "gpt-2",
                OptionalInt.of(numOrdinary),
                OptionalInt.of(numOrdinary + 1));
    }

    /** Each of the sequences with each letter behind it, at most {@code limit} in all. */
    private static List<String> longer(List<String> shorter, int limit, List<String> merges) {
        List<String> longer = new ArrayList<>();
        for (String left : shorter) {
            for (int i = 0; i < LETTERS.length() && longer.size() < limit; i++) {
                merges.add(left + " " + LETTERS.charAt(i));
                longer.add(left + LETTERS.charAt(i));
            }
        }
        return longer;
    }

    /**
     * The letters that stand for the bytes 0 to 255: printable ones for themselves, the others for
     * those from U+0100 on, in order.
     */
    private static List<String> bytes() {
        List<String> letters = new ArrayList<>();
        int next = NUM_BYTES;
        for (int value = 0; value < NUM_BYTES; value++) {
            boolean isPrintable =
                    value >= '!' && value <= '~'
                            || value >= 0xa1 && value <= 0xac
                            || value >= 0xae && value <= 0xff;
            letters.add(Character.toString(isPrintable ? value : next++));
        }
        return letters;
    }
}
