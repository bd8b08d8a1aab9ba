package dev.nightjar.tokenizer.algorithm;

import static dev.nightjar.tokenizer.algorithm.CodePoints.LETTER;
import static dev.nightjar.tokenizer.algorithm.CodePoints.NEWLINE;
import static dev.nightjar.tokenizer.algorithm.CodePoints.SPACE;

/**
 * The words of Jais 2: those of Llama 3, but white space without line ends comes in powers of two,
 * {@code \s{512}(?!\S)|\s{256}(?!\S)|…|\s{4}(?!\S)|\s{1,2}(?!\S)|\s}.
 */
final class Jais2Scanner implements WordScanner {
    private static final int LONGEST = 512;

    private final WordScanner words = new Llama3Scanner(3, LETTER, NEWLINE);

    @Override
    public int end(byte[] utf8, int from, int to) {
        int end = words.end(utf8, from, to);
        int space = from;
        boolean endsInLine = false;
        while (space < end && Runs.is(utf8, space, to, SPACE)) {
            endsInLine = Runs.is(utf8, space, to, NEWLINE);
            space = Runs.after(utf8, space);
        }
        return space < end || endsInLine ? end : endOfSpace(utf8, from, to);
    }

    /** The longest power of two that leaves one code point of white space to a word behind it. */
    private static int endOfSpace(byte[] utf8, int from, int to) {
        int available = 0;
        int i = from;
        while (available <= LONGEST && Runs.is(utf8, i, to, SPACE)) {
            i = Runs.after(utf8, i);
            available++;
        }
        if (i < to && available <= LONGEST) {
            available--;
        }
        int length = Math.max(1, Integer.highestOneBit(Math.min(available, LONGEST)));
        int end = from;
        for (int taken = 0; taken < length; taken++) {
            end = Runs.after(utf8, end);
        }
        return end;
    }
}
