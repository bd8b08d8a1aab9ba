package dev.nightjar.engine.grammar.gbnf;

import dev.nightjar.engine.grammar.automaton.RangeSet;
import dev.nightjar.engine.grammar.part.GrammarProblem;
import dev.nightjar.engine.grammar.part.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses a grammar in GBNF: {@code name ::= …} with literals, classes, {@code .}, groups, {@code
 * |}, {@code * + ? {m,n}}, tokens as {@code <[id]>} or {@code <name>}, and comments after {@code
 * #}.
 */
public final class GbnfParser {

    /** The rule that a text must fit. */
    public static final String ROOT = "root";

    private static final int MAX_LENGTH = 1 << 20;
    private static final int MAX_RULES = 5000;
    private static final int MAX_DEPTH = 100;
    private static final int MAX_REPEAT = 1_000_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern BOUNDS =
            Pattern.compile("\\{\\s*(\\d{0,9})\\s*(,)?\\s*(\\d{0,9})\\s*}");
    private static final Pattern TOKEN = Pattern.compile("<\\[(\\d{1,9})]>|<[^\\s<>\\[\\]]+>");

    private final GbnfScanner text;
    private final Function<String, OptionalInt> tokens;
    private int depth;

    private GbnfParser(String grammar, Function<String, OptionalInt> tokens) {
        text = new GbnfScanner(grammar);
        this.tokens = tokens;
    }

    /**
     * The rules of a grammar by their names.
     *
     * @param tokens finds the id of a token that is spelled {@code <name>}
     * @throws GrammarProblem naming the line and column of what is wrong
     */
    public static Map<String, Part> parse(String grammar, Function<String, OptionalInt> tokens) {
        if (grammar.length() > MAX_LENGTH) {
            throw new GrammarProblem(
                    "grammar",
                    "expected at most %d characters, found %d"
                            .formatted(MAX_LENGTH, grammar.length()));
        }
        return new GbnfParser(grammar, tokens).rules();
    }

    private Map<String, Part> rules() {
        Map<String, Part> rules = new LinkedHashMap<>();
        text.skipSpace(true);
        while (!text.isAtEnd()) {
            int start = text.position();
            String name = text.take(NAME, "the name of a rule").group();
            text.skipSpace(false);
            text.take("::=");
            text.skipSpace(true);
            if (rules.putIfAbsent(name, choice(false)) != null) {
                throw text.error("rule \"%s\" is defined twice".formatted(name), start);
            }
            if (rules.size() > MAX_RULES) {
                throw text.error("more than %d rules".formatted(MAX_RULES), start);
            }
            if (!text.isAtEnd() && !text.isAtLineEnd()) {
                throw text.error("expected the end of the rule or more of it", text.position());
            }
            text.skipSpace(true);
        }
        if (!rules.containsKey(ROOT)) {
            throw new GrammarProblem(ROOT, "expected a rule named \"root\", found none");
        }
        return rules;
    }

    private Part choice(boolean isNested) {
        List<Part> parts = new ArrayList<>();
        parts.add(sequence(isNested));
        while (text.isBeforeAlternative()) {
            text.take("|");
            text.skipSpace(true);
            parts.add(sequence(isNested));
        }
        return Part.choice(parts);
    }

    private Part sequence(boolean isNested) {
        List<Part> parts = new ArrayList<>();
        while (true) {
            Part item = item();
            if (item == null) {
                return parts.size() == 1 ? parts.getFirst() : new Part.Sequence(parts);
            }
            text.skipSpace(isNested);
            Part repeated = repeated(item);
            while (repeated != item) {
                item = repeated;
                text.skipSpace(isNested);
                repeated = repeated(item);
            }
            parts.add(item);
        }
    }

    /** The next item, or null if none begins here. */
    private Part item() {
        int start = text.position();
        switch (text.peek()) {
            case '"' -> {
                return Part.literal(text.literal());
            }
            case '[' -> {
                return new Part.Chars(text.characterClass());
            }
            case '.' -> {
                text.take(".");
                return new Part.Chars(RangeSet.SCALARS);
            }
            case '(' -> {
                return group();
            }
            case '<' -> {
                return token();
            }
            case '!' -> throw text.error("negated tokens are not supported", start);
            default -> {
                Matcher name = text.match(NAME);
                return name == null ? null : Part.ref(name.group());
            }
        }
    }

    private Part group() {
        int start = text.position();
        if (++depth > MAX_DEPTH) {
            throw text.error("groups are more than %d deep".formatted(MAX_DEPTH), start);
        }
        text.take("(");
        text.skipSpace(true);
        Part part = choice(true);
        text.take(")");
        depth--;
        return part;
    }

    private Part token() {
        int start = text.position();
        Matcher token = text.take(TOKEN, "a token as <[id]> or <name>");
        OptionalInt id =
                token.group(1) == null
                        ? tokens.apply(token.group())
                        : OptionalInt.of(Integer.parseInt(token.group(1)));
        return Part.token(
                id.orElseThrow(
                        () ->
                                text.error(
                                        "the vocabulary has no token %s".formatted(token.group()),
                                        start)));
    }

    private Part repeated(Part item) {
        int start = text.position();
        switch (text.peek()) {
            case '*' -> {
                text.take("*");
                return Part.repeat(item, 0, Part.UNBOUNDED);
            }
            case '+' -> {
                text.take("+");
                return Part.repeat(item, 1, Part.UNBOUNDED);
            }
            case '?' -> {
                text.take("?");
                return Part.repeat(item, 0, 1);
            }
            case '{' -> {
                Matcher bounds = text.take(BOUNDS, "{m}, {m,}, {m,n} or {,n}");
                return bounded(item, bounds, start);
            }
            default -> {
                return item;
            }
        }
    }

    private Part bounded(Part item, Matcher bounds, int start) {
        boolean hasComma = bounds.group(2) != null;
        int min = number(bounds.group(1), 0);
        int max = hasComma ? number(bounds.group(3), Part.UNBOUNDED) : min;
        boolean isKnown = hasComma || (!bounds.group(1).isEmpty() && bounds.group(3).isEmpty());
        if (!isKnown || min > MAX_REPEAT || max > MAX_REPEAT || (max >= 0 && max < min)) {
            throw text.error("expected bounds 0 <= m <= n <= %d".formatted(MAX_REPEAT), start);
        }
        return Part.repeat(item, min, max);
    }

    private static int number(String digits, int otherwise) {
        return digits.isEmpty() ? otherwise : Integer.parseInt(digits);
    }
}
