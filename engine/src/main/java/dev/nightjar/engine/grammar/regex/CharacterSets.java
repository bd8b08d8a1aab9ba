package dev.nightjar.engine.grammar.regex;

import dev.nightjar.engine.grammar.automaton.RangeSet;
import java.lang.Character.UnicodeScript;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The sets of code points that escapes stand for. For one thread. */
final class CharacterSets {

    static final RangeSet DIGIT = RangeSet.of('0', '9');
    static final RangeSet WORD =
            DIGIT.union(RangeSet.of('a', 'z')).union(RangeSet.of('A', 'Z')).union(RangeSet.of('_'));
    static final RangeSet SPACE = RangeSet.of('\t', '\r').union(RangeSet.of(' '));

    /** White space in any dialect. */
    private static final RangeSet ANY_SPACE =
            SPACE.union(RangeSet.of(0x1C, 0x1F))
                    .union(
                            RangeSet.ofText(
                                    "\u0085\u00A0\u1680\u2028\u2029\u202F\u205F\u3000\uFEFF"))
                    .union(RangeSet.of(0x2000, 0x200A));

    static final RangeSet NO_SPACE = RangeSet.SCALARS.minus(ANY_SPACE);

    /** What a dot stands for: no end of a line in any dialect. */
    static final RangeSet DOT = RangeSet.SCALARS.minus(RangeSet.ofText("\n\r\u0085\u2028\u2029"));

    private static final String[] CATEGORIES = {
        "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "", "Zs", "Zl",
        "Zp", "Cc", "Cf", "", "Co", "Cs", "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So",
        "Pi", "Pf"
    };

    private final Map<String, Optional<RangeSet>> known = new HashMap<>();

    /** The code points of a general category or of a script. */
    Optional<RangeSet> property(String name) {
        return known.computeIfAbsent(name, CharacterSets::find);
    }

    private static Optional<RangeSet> find(String name) {
        int equals = name.indexOf('=');
        String key = equals < 0 ? "" : name.substring(0, equals);
        String value = name.substring(equals + 1);
        boolean isCategory = key.isEmpty() || key.equals("gc") || key.equals("General_Category");
        for (int i = 0; isCategory && i < CATEGORIES.length; i++) {
            if (!value.isEmpty() && CATEGORIES[i].startsWith(value)) {
                return Optional.of(
                        RangeSet.where(
                                point -> CATEGORIES[Character.getType(point)].startsWith(value)));
            }
        }
        return key.toLowerCase(Locale.ROOT).matches("sc|script") ? script(value) : Optional.empty();
    }

    private static Optional<RangeSet> script(String name) {
        try {
            UnicodeScript script = UnicodeScript.forName(name);
            return Optional.of(RangeSet.where(point -> UnicodeScript.of(point) == script));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }
}
