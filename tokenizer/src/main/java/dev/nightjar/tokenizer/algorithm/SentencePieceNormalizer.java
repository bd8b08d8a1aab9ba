package dev.nightjar.tokenizer.algorithm;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Text as the pieces of a SentencePiece model spell it: characters replaced by the longest rule of
 * the model's table, spaces put right, user-defined pieces left as they are.
 *
 * <p>The symbol for a space, U+2581, comes out as a space, as in the tables of this package; unless
 * the model says that spaces are not escaped, where the two differ. Immutable.
 */
public final class SentencePieceNormalizer {
    private static final byte[] SPACE_SYMBOL = {(byte) 0xE2, (byte) 0x96, (byte) 0x81};

    private final CharsMap map;
    private final PieceTrie userDefined;
    private final Set<SpaceRule> rules;

    /** What happens to spaces. */
    public enum SpaceRule {
        /** A space stands before the text, or after it with {@link #AS_SUFFIX}. */
        ADD_PREFIX,
        /** Spaces at both ends go, several in the text become one. */
        REMOVE_EXTRA,
        /** U+2581 in the text and in the pieces is a space. */
        ESCAPE,
        /** Words end in their space instead of beginning with it. */
        AS_SUFFIX
    }

    /**
     * A normalizer.
     *
     * @param map the replacements of the model
     * @param userDefined pieces that are left as they are
     * @param rules what happens to spaces
     */
    public SentencePieceNormalizer(CharsMap map, PieceTrie userDefined, Set<SpaceRule> rules) {
        this.map = map;
        this.userDefined = userDefined;
        this.rules = rules.isEmpty() ? EnumSet.noneOf(SpaceRule.class) : EnumSet.copyOf(rules);
    }

    /** The normalized form of a whole text, well-formed UTF-8; nothing where nothing is left. */
    public byte[] normalize(byte[] utf8) {
        Pass pass = new Pass(utf8);
        pass.run();
        return pass.out.toArray();
    }

    private static boolean isSpaceSymbol(byte[] source, int from, int to) {
        int end = from + SPACE_SYMBOL.length;
        return end <= to && Arrays.equals(source, from, end, SPACE_SYMBOL, 0, SPACE_SYMBOL.length);
    }

    /** One text on its way. */
    private final class Pass {
        private final byte[] text;
        private final ByteBuilder out;
        private final boolean removesExtra = rules.contains(SpaceRule.REMOVE_EXTRA);
        private final boolean escapes = rules.contains(SpaceRule.ESCAPE);
        private boolean followsSpace = removesExtra;
        private boolean isAtStart = true;

        private Pass(byte[] text) {
            this.text = text;
            this.out = new ByteBuilder(text.length + 1);
        }

        private void run() {
            for (int i = 0; i < text.length; ) {
                i = isPlain(i) ? takePlain(i) : takePrefix(i);
            }
            if (isAtStart) {
                return;
            }
            if (removesExtra) {
                out.trimEnd((byte) ' ');
            }
            if (rules.contains(SpaceRule.ADD_PREFIX) && rules.contains(SpaceRule.AS_SUFFIX)) {
                out.add((byte) ' ');
            }
        }

        /** Whether an ASCII letter or the like stands here that no rule and no piece begins. */
        private boolean isPlain(int i) {
            byte first = text[i];
            return first > ' '
                    && (map.keeps(first)
                            || map.keepsBeforeAscii(first)
                                    && (i + 1 == text.length || text[i + 1] >= 0))
                    && !userDefined.begins(first);
        }

        private int takePlain(int from) {
            begin();
            int i = from + 1;
            while (i < text.length && isPlain(i)) {
                i++;
            }
            out.add(text, from, i);
            followsSpace = false;
            return i;
        }

        private int takePrefix(int from) {
            int end = userDefined.longestEnd(text, from, text.length);
            if (end > from) {
                append(text, from, end);
                return end;
            }
            long match = map.match(text, from, text.length);
            if (match != CharsMap.NO_MATCH) {
                append(map.replacements(), (int) match, map.endOfReplacement(match));
                return from + (int) (match >>> 32);
            }
            end = from + CodePoints.length(text[from]);
            append(text, from, end);
            return end;
        }

        private void append(byte[] source, int from, int to) {
            if (isAtStart && removesExtra && to - from == 1 && source[from] == ' ') {
                return;
            }
            begin();
            int start = from;
            while (followsSpace && start < to && source[start] == ' ') {
                start++;
            }
            if (start == to) {
                return;
            }
            for (int i = start; i < to; i++) {
                if (escapes && isSpaceSymbol(source, i, to)) {
                    out.add((byte) ' ');
                    i += SPACE_SYMBOL.length - 1;
                } else {
                    out.add(source[i]);
                }
            }
            followsSpace = removesExtra && source[to - 1] == ' ';
        }

        private void begin() {
            if (isAtStart
                    && rules.contains(SpaceRule.ADD_PREFIX)
                    && !rules.contains(SpaceRule.AS_SUFFIX)) {
                out.add((byte) ' ');
            }
            isAtStart = false;
        }
    }
}
