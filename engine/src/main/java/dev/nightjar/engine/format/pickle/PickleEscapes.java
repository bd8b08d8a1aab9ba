package dev.nightjar.engine.format.pickle;

/** The escapes of strings in protocol 0. */
final class PickleEscapes {

    private PickleEscapes() {}

    /** Raw-unicode-escape: {@code \\uXXXX} and {@code \\UXXXXXXXX}, everything else as it is. */
    static String rawUnicode(String line) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            int digits = digits(line, i);
            if (digits > 0 && isHex(line, i + 2, digits)) {
                int code = (int) Long.parseLong(line.substring(i + 2, i + 2 + digits), 16);
                text.append(Character.isValidCodePoint(code) ? Character.toString(code) : "\ufffd");
                i += 1 + digits;
            } else {
                text.append(line.charAt(i));
            }
        }
        return text.toString();
    }

    private static int digits(String line, int at) {
        if (line.charAt(at) != '\\' || at + 1 >= line.length()) {
            return 0;
        }
        return switch (line.charAt(at + 1)) {
            case 'u' -> 4;
            case 'U' -> 8;
            default -> 0;
        };
    }

    /** A string in quotes with the escapes of source text. */
    static String quoted(PickleInput input, String line) {
        int length = line.length();
        boolean isQuoted =
                length >= 2
                        && (line.charAt(0) == '\'' || line.charAt(0) == '"')
                        && line.charAt(length - 1) == line.charAt(0);
        if (!isQuoted) {
            throw input.error("expected a string in quotes, found none");
        }
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < length - 1; i++) {
            char c = line.charAt(i);
            if (c != '\\' || i + 1 >= length - 1) {
                text.append(c);
                continue;
            }
            i++;
            if (line.charAt(i) == 'x' && isHex(line, i + 1, 2)) {
                text.append((char) Integer.parseInt(line.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                text.append(unescaped(line.charAt(i)));
            }
        }
        return text.toString();
    }

    private static char unescaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> c;
        };
    }

    private static boolean isHex(String line, int from, int count) {
        if (from + count > line.length()) {
            return false;
        }
        return line.substring(from, from + count)
                .chars()
                .allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
    }
}
