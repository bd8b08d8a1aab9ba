package dev.nightjar.tokenizer.pattern;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression in the syntax of Oniguruma, run by {@link java.util.regex}.
 *
 * <p>Its engine backtracks and recurses, so a hostile pattern could run for ever or overflow the
 * stack. Here a search may read each character of the text {@value #READS_PER_CHARACTER} times on
 * average and then ends in a {@link PatternException}; so does one that overflows.
 */
public final class RegexPattern implements TextPattern {
    /** The longest expression that is compiled. */
    public static final int MAX_PATTERN_CHARS = 8192;

    private static final int READS_PER_CHARACTER = 256;
    private static final int READS_AT_LEAST = 1 << 20;

    private static final int FLAGS =
            Pattern.UNICODE_CHARACTER_CLASS
                    | Pattern.UNICODE_CASE
                    | Pattern.MULTILINE
                    | Pattern.UNIX_LINES;

    private final String source;
    private final Pattern pattern;

    private RegexPattern(String source, Pattern pattern) {
        this.source = source;
        this.pattern = pattern;
    }

    /**
     * Compiles an expression in the syntax of Oniguruma.
     *
     * @throws PatternException if it is no such expression, or one that is not translated
     */
    public static RegexPattern ofOniguruma(String source) {
        if (source.length() > MAX_PATTERN_CHARS) {
            throw new PatternException(
                    "pattern: expected at most %d characters, found %d"
                            .formatted(MAX_PATTERN_CHARS, source.length()));
        }
        String translated = new OnigurumaTranslator(source).translate();
        try {
            return new RegexPattern(source, Pattern.compile(translated, FLAGS));
        } catch (PatternSyntaxException e) {
            throw new PatternException(
                    "pattern \"%s\": expected a regular expression, found: %s"
                            .formatted(source, e.getDescription()));
        } catch (StackOverflowError e) {
            // The compiler recurses into groups and gives no other sign of too many of them.
            throw new PatternException("pattern: groups nest too deep");
        }
    }

    /** The expression as it was given. */
    public String source() {
        return source;
    }

    @Override
    public void forEachMatch(String text, MatchConsumer matches) {
        CountedText counted = new CountedText(text, budget(text.length()));
        Matcher matcher = pattern.matcher(counted);
        int last = -1;
        while (finds(matcher)) {
            boolean isEmpty = matcher.start() == matcher.end();
            boolean isMeant =
                    !isEmpty || matcher.start() != last && !isInsidePair(text, matcher.start());
            last = matcher.end();
            if (isMeant) {
                matches.accept(matcher.start(), matcher.end());
            }
        }
    }

    /** Empty matches are tried at each UTF-16 unit; between two halves there is no place. */
    private static boolean isInsidePair(String text, int at) {
        return at > 0
                && at < text.length()
                && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
    }

    private boolean finds(Matcher matcher) {
        try {
            return matcher.find();
        } catch (StackOverflowError e) {
            // The matcher recurses for each repetition of a group; the stack is whole again here.
            throw new PatternException(
                    "pattern \"%s\" nests too deep on this text; encode a shorter text"
                            .formatted(source));
        }
    }

    private Budget budget(int length) {
        long reads = (long) length * READS_PER_CHARACTER + READS_AT_LEAST;
        return new Budget(reads);
    }

    /** How many characters may still be read. */
    private final class Budget {
        private long left;

        private Budget(long left) {
            this.left = left;
        }

        private void take() {
            if (--left < 0) {
                throw new PatternException(
                        "pattern \"%s\" takes too long on this text; encode a shorter text"
                                .formatted(source));
            }
        }
    }

    /** A text that counts how often it is read: the only handle on a running search. */
    private record CountedText(String text, Budget budget) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            budget.take();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
