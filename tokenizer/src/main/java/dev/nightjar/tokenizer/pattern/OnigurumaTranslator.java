package dev.nightjar.tokenizer.pattern;

import java.lang.Character.UnicodeScript;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Writes a regular expression of Oniguruma (Ruby's syntax) as one of {@link java.util.regex}. Most
 * of the two is equal; translated are
 *
 * <ul>
 *   <li>{@code \h} and {@code \H}: hexadecimal digits, in Java white space;
 *   <li>{@code x{1,3}+}: a repetition of a repetition, in Java a possessive one;
 *   <li>{@code x{,3}}: from 0;
 *   <li>{@code \p{Han}}, {@code \p{Letter}}, {@code \p{^L}}: names that Java writes otherwise;
 *   <li>{@code [[:alpha:]]}: POSIX brackets;
 *   <li>{@code (?m)}: in Ruby the dot matches line ends, in Java {@code (?s)};
 *   <li>{@code \Z}, {@code ^}, {@code $} by flags: a line ends at {@code \n} only.
 * </ul>
 *
 * Calls, back references to groups by level, absent groups, {@code \K} and conditions are refused.
 */
final class OnigurumaTranslator {
    private static final Set<String> CATEGORIES =
            Set.of(
                    "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No",
                    "P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z",
                    "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Cs", "Co", "Cn");
    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry("letter", "L"),
                    Map.entry("mark", "M"),
                    Map.entry("number", "N"),
                    Map.entry("punctuation", "P"),
                    Map.entry("punct", "IsPunct"),
                    Map.entry("symbol", "S"),
                    Map.entry("separator", "Z"),
                    Map.entry("other", "C"),
                    Map.entry("alpha", "IsAlphabetic"),
                    Map.entry("alphabetic", "IsAlphabetic"),
                    Map.entry("alnum", "IsAlnum"),
                    Map.entry("digit", "Nd"),
                    Map.entry("lower", "IsLowercase"),
                    Map.entry("lowercase", "IsLowercase"),
                    Map.entry("upper", "IsUppercase"),
                    Map.entry("uppercase", "IsUppercase"),
                    Map.entry("space", "IsWhite_Space"),
                    Map.entry("whitespace", "IsWhite_Space"),
                    Map.entry("cntrl", "Cc"),
                    Map.entry("xdigit", "IsHex_Digit"),
                    Map.entry("ideographic", "IsIdeographic"),
                    Map.entry("emoji", "IsEmoji"));

    private final String source;
    private final StringBuilder out = new StringBuilder();
    private int at;

    /** Where in {@link #out} the last atom begins, to which a quantifier belongs; -1 if none. */
    private int atom = -1;

    /** Where open groups begin in {@link #out}. */
    private final ArrayDeque<Integer> groups = new ArrayDeque<>();

    OnigurumaTranslator(String source) {
        this.source = source;
    }

    String translate() {
        while (at < source.length()) {
            switch (source.charAt(at)) {
                case '\\' -> {
                    atom = out.length();
                    escape();
                }
                case '[' -> {
                    atom = out.length();
                    characterClass();
                }
                case '(' -> openGroup();
                case ')' -> closeGroup();
                case '{' -> repetition();
                case '*', '+', '?', '|', '^', '$' -> copy(1);
                default -> {
                    atom = out.length();
                    copy(Character.charCount(source.codePointAt(at)));
                }
            }
        }
        return out.toString();
    }

    private void copy(int length) {
        out.append(source, at, at + length);
        at += length;
    }

    private void escape() {
        char kind = at + 1 < source.length() ? source.charAt(at + 1) : 0;
        switch (kind) {
            case 0 -> throw refused("expected a character after the last \\");
            case 'h' -> replace(2, "[0-9a-fA-F]");
            case 'H' -> replace(2, "[^0-9a-fA-F]");
            case 'p', 'P' -> property();
            case 'K', 'g', 'y', 'Y', 'O' -> throw refused("\\" + kind + " is not translated");
            default -> copy(1 + Character.charCount(source.codePointAt(at + 1)));
        }
    }

    private void replace(int length, String replacement) {
        out.append(replacement);
        at += length;
    }

    private void property() {
        boolean isNegated = source.charAt(at + 1) == 'P';
        int end = source.indexOf('}', at);
        if (at + 2 >= source.length() || source.charAt(at + 2) != '{' || end < 0) {
            throw refused("expected a name in braces after \\p");
        }
        String name = source.substring(at + 3, end);
        if (name.startsWith("^")) {
            isNegated = !isNegated;
            name = name.substring(1);
        }
        out.append(propertyClass(name, isNegated));
        at = end + 1;
    }

    private String propertyClass(String name, boolean isNegated) {
        String java = propertyName(name);
        if (java.equals("IsAlnum")) {
            return (isNegated ? "[^" : "[") + "\\p{IsAlphabetic}\\p{Nd}]";
        }
        if (java.equals("IsPunct")) {
            return (isNegated ? "[^" : "[") + "\\p{P}\\p{S}]";
        }
        return (isNegated ? "\\P{" : "\\p{") + java + "}";
    }

    private String propertyName(String name) {
        if (CATEGORIES.contains(name)) {
            return name;
        }
        String known = NAMES.get(name.toLowerCase(Locale.ROOT).replace("_", ""));
        if (known != null) {
            return known;
        }
        try {
            return "Is" + UnicodeScript.forName(name).name();
        } catch (IllegalArgumentException e) {
            throw refused("\\p{" + name + "} names no class that is known");
        }
    }

    private void characterClass() {
        int depth = 0;
        do {
            char c = source.charAt(at);
            if (c == '\\') {
                escape();
            } else if (source.startsWith("[:", at) && source.indexOf(":]", at) > 0) {
                posixBracket();
            } else {
                depth += c == '[' ? 1 : c == ']' ? -1 : 0;
                int start = at;
                copy(1);
                if (c == '[') {
                    copyLiteralStart();
                } else if (depth > 0
                        && c != ']'
                        && Character.isHighSurrogate(source.charAt(start))) {
                    copy(at < source.length() ? 1 : 0);
                }
            }
        } while (depth > 0 && at < source.length());
        if (depth > 0) {
            throw refused("expected ] at the end of a character class");
        }
    }

    /** A bracket that stands first in a class is meant literally. */
    private void copyLiteralStart() {
        if (at < source.length() && source.charAt(at) == '^') {
            copy(1);
        }
        if (at < source.length() && source.charAt(at) == ']') {
            replace(1, "\\]");
        }
    }

    private void posixBracket() {
        int end = source.indexOf(":]", at);
        String name = source.substring(at + 2, end);
        boolean isNegated = name.startsWith("^");
        out.append(propertyClass(isNegated ? name.substring(1) : name, isNegated));
        at = end + 2;
    }

    private void openGroup() {
        groups.push(out.length());
        if (source.startsWith("(?~", at) || source.startsWith("(?(", at)) {
            throw refused("absent groups and conditions are not translated");
        }
        copy(1);
        if (at < source.length() && source.charAt(at) == '?') {
            copy(1);
            options();
        }
    }

    /** Copies the letters after {@code (?}, in which Ruby's m is Java's s. */
    private void options() {
        int start = at;
        while (at < source.length() && "imx-".indexOf(source.charAt(at)) >= 0) {
            out.append(source.charAt(at) == 'm' ? 's' : source.charAt(at));
            at++;
        }
        if (at > start && at < source.length() && source.charAt(at) == ')') {
            return;
        }
        if (at < source.length()) {
            copy(1);
        }
    }

    private void closeGroup() {
        if (groups.isEmpty()) {
            throw refused("expected ( before )");
        }
        atom = groups.pop();
        copy(1);
    }

    /** {@code {n,m}}, or a brace that is meant literally. */
    private void repetition() {
        int end = source.indexOf('}', at);
        String counts = end < 0 ? "" : source.substring(at + 1, end);
        if (!counts.matches("[0-9]{1,5}(,[0-9]{0,5})?|,[0-9]{1,5}")) {
            atom = out.length();
            replace(1, "\\{");
            return;
        }
        out.append('{').append(counts.startsWith(",") ? "0" : "").append(counts).append('}');
        at = end + 1;
        if (at < source.length() && source.charAt(at) == '+' && atom >= 0) {
            out.insert(atom, "(?:").append(")+");
            at++;
        }
    }

    private PatternException refused(String reason) {
        return new PatternException(
                "pattern \"%s\", character %d: %s".formatted(source, at, reason));
    }
}
