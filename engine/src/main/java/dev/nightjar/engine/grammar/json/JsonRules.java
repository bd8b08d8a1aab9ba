package dev.nightjar.engine.grammar.json;

import dev.nightjar.engine.grammar.automaton.RangeSet;
import dev.nightjar.engine.grammar.part.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules of JSON itself. White space is at most one space after a comma or a colon; strings are
 * valid Unicode; numbers are short enough for every parser; values nest at most 64 deep.
 */
public final class JsonRules {

    /** How deep arrays and objects without a schema may nest. */
    public static final int MAX_DEPTH = 64;

    /** Any object. */
    public static final Part OBJECT = Part.ref("json:object");

    /** Any value. */
    public static final Part VALUE = Part.ref("json:value");

    /** Any array. */
    public static final Part ARRAY = Part.ref("json:array");

    /** Any string. */
    public static final Part STRING = Part.ref("json:string");

    /** Any number. */
    public static final Part NUMBER = Part.ref("json:number");

    /** Any integer. */
    public static final Part INTEGER = Part.ref("json:integer");

    /** The word for nothing. */
    public static final Part NULL = Part.literal("null");

    /** Either word. */
    public static final Part BOOLEAN =
            Part.choice(List.of(Part.literal("true"), Part.literal("false")));

    /** One character of a string, in any spelling. */
    public static final Part CHARACTER = Part.ref("json:character");

    /** Any characters and the quote at the end. */
    public static final Part STRING_REST = Part.ref("json:string:rest");

    /** What strings begin and end with. */
    public static final Part QUOTE = Part.literal("\"");

    static final Part SPACE = Part.optional(Part.literal(" "));

    /** Between elements. */
    public static final Part COMMA = Part.sequence(Part.literal(","), SPACE);

    /** Between name and value. */
    public static final Part COLON = Part.sequence(Part.literal(":"), SPACE);

    /** Digits of an integer that fits 64 bits whatever the digits are. */
    static final int MAX_INTEGER_DIGITS = 18;

    /** Digits that a double keeps. */
    static final int MAX_DIGITS = 15;

    private JsonRules() {}

    /** The rules by their names, each after those it refers to. */
    public static Map<String, Part> all() {
        Map<String, Part> rules = new LinkedHashMap<>();
        rules.put("json:character", character());
        rules.put("json:string", Part.sequence(QUOTE, repeat(character()), QUOTE));
        rules.put("json:string:rest", Part.sequence(repeat(character()), QUOTE));
        rules.put("json:integer", integer());
        rules.put("json:number", number());
        Part value = Part.choice(List.of(STRING, NUMBER, BOOLEAN, NULL));
        for (int depth = 1; depth <= MAX_DEPTH; depth++) {
            Part member = Part.sequence(STRING, COLON, value);
            Part object = Part.sequence(Part.literal("{"), list(member), Part.literal("}"));
            Part array = Part.sequence(Part.literal("["), list(value), Part.literal("]"));
            boolean isLast = depth == MAX_DEPTH;
            String suffix = isLast ? "" : ":" + depth;
            rules.put("json:object" + suffix, object);
            rules.put("json:array" + suffix, array);
            rules.put(
                    "json:value" + suffix,
                    Part.choice(
                            List.of(
                                    STRING,
                                    NUMBER,
                                    BOOLEAN,
                                    NULL,
                                    Part.ref("json:object" + suffix),
                                    Part.ref("json:array" + suffix))));
            value = Part.ref("json:value" + suffix);
        }
        return rules;
    }

    private static Part repeat(Part part) {
        return Part.repeat(part, 0, Part.UNBOUNDED);
    }

    private static Part list(Part item) {
        return Part.optional(Part.sequence(item, repeat(Part.sequence(COMMA, item))));
    }

    private static Part character() {
        Part hex = chars("0123456789abcdefABCDEF");
        Part unit = Part.literal("\\u");
        Part low = Part.sequence(unit, chars("dD"), chars("cdefCDEF"), hex, hex);
        Part high = Part.sequence(unit, chars("dD"), chars("89abAB"), hex, hex);
        return Part.choice(
                List.of(
                        new Part.Chars(JsonStrings.RAW),
                        Part.sequence(Part.literal("\\"), chars("\"\\/bfnrt")),
                        Part.sequence(unit, chars("0123456789abcefABCEF"), hex, hex, hex),
                        Part.sequence(unit, chars("dD"), chars("01234567"), hex, hex),
                        Part.sequence(high, low)));
    }

    private static Part integer() {
        Part digits =
                Part.sequence(chars("123456789"), Part.repeat(digit(), 0, MAX_INTEGER_DIGITS - 1));
        return Part.choice(
                List.of(
                        Part.literal("0"),
                        Part.sequence(Part.optional(Part.literal("-")), digits)));
    }

    private static Part number() {
        Part whole =
                Part.choice(
                        List.of(
                                Part.literal("0"),
                                Part.sequence(
                                        chars("123456789"),
                                        Part.repeat(digit(), 0, MAX_DIGITS - 1))));
        Part fraction = Part.sequence(Part.literal("."), Part.repeat(digit(), 1, MAX_DIGITS));
        Part exponent =
                Part.sequence(chars("eE"), Part.optional(chars("+-")), Part.repeat(digit(), 1, 2));
        return Part.sequence(
                Part.optional(Part.literal("-")),
                whole,
                Part.optional(fraction),
                Part.optional(exponent));
    }

    private static Part digit() {
        return chars("0123456789");
    }

    private static Part chars(String text) {
        return new Part.Chars(RangeSet.ofText(text));
    }
}
