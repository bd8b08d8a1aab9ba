package dev.nightjar.tokenizer.jinja.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Cuts texts into pieces, as Python's {@code split}, {@code rsplit} and {@code splitlines} do. */
public final class Splitter {
    private Splitter() {}

    /** The pieces between white space, at most {@code max} cuts from the left. */
    public static List<String> words(String text, int max) {
        List<String> words = new ArrayList<>();
        int i = endOfSpace(text, 0);
        while (i < text.length()) {
            if (words.size() == max) {
                words.add(Characters.strip(text.substring(i), Side.RIGHT));
                return words;
            }
            int start = i;
            while (i < text.length() && !Characters.isSpace(text.charAt(i))) {
                i++;
            }
            words.add(text.substring(start, i));
            i = endOfSpace(text, i);
        }
        return words;
    }

    /** The pieces between white space, at most {@code max} cuts from the right. */
    public static List<String> wordsFromRight(String text, int max) {
        List<String> words = new ArrayList<>();
        int end = Characters.strip(text, Side.RIGHT).length();
        while (end > 0) {
            if (words.size() == max) {
                words.add(text.substring(endOfSpace(text, 0), end));
                break;
            }
            int start = end;
            while (start > 0 && !Characters.isSpace(text.charAt(start - 1))) {
                start--;
            }
            words.add(text.substring(start, end));
            end = Characters.strip(text.substring(0, start), Side.RIGHT).length();
        }
        Collections.reverse(words);
        return words;
    }

    /** The pieces between separators, at most {@code max} cuts from the left. */
    public static List<String> pieces(String text, String separator, int max) {
        Finder finder = new Finder(separator);
        List<String> pieces = new ArrayList<>();
        int start = 0;
        for (int at = finder.next(text, 0);
                at >= 0 && pieces.size() < max;
                at = finder.next(text, start)) {
            pieces.add(text.substring(start, at));
            start = at + separator.length();
        }
        pieces.add(text.substring(start));
        return pieces;
    }

    /** The pieces between separators, at most {@code max} cuts from the right. */
    public static List<String> piecesFromRight(String text, String separator, int max) {
        String mirrored = new StringBuilder(separator).reverse().toString();
        List<String> pieces = pieces(new StringBuilder(text).reverse().toString(), mirrored, max);
        Collections.reverse(pieces);
        pieces.replaceAll(piece -> new StringBuilder(piece).reverse().toString());
        return pieces;
    }

    /** What may be kept of the end of a line. */
    public enum LineEnds {
        /** Lines keep them. */
        KEPT,
        /** Lines end before them. */
        DROPPED
    }

    /** The lines of a text. */
    public static List<String> lines(String text, LineEnds ends) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        int i = 0;
        while (i < text.length()) {
            if (!Characters.isLineEnd(text.charAt(i))) {
                i++;
                continue;
            }
            int next = text.startsWith("\r\n", i) ? i + 2 : i + 1;
            lines.add(text.substring(start, ends == LineEnds.KEPT ? next : i));
            start = next;
            i = next;
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
    }

    private static int endOfSpace(String text, int from) {
        int i = from;
        while (i < text.length() && Characters.isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }
}
