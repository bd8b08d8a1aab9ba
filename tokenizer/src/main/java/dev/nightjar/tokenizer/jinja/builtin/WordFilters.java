package dev.nightjar.tokenizer.jinja.builtin;

import dev.nightjar.tokenizer.jinja.text.CaseMapping;
import dev.nightjar.tokenizer.jinja.text.Characters;
import dev.nightjar.tokenizer.jinja.text.Splitter;
import dev.nightjar.tokenizer.jinja.value.Arguments;
import dev.nightjar.tokenizer.jinja.value.Dict;
import dev.nightjar.tokenizer.jinja.value.Int;
import dev.nightjar.tokenizer.jinja.value.Iteration;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Str;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Filters that look at words and tags. */
final class WordFilters {
    private static final String WORD_STARTS = "-([{<";
    private static final String UNRESERVED =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~";

    private WordFilters() {}

    /** A word begins after white space, a dash or an opening bracket. */
    static String title(String text) {
        StringBuilder title = new StringBuilder(text.length());
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean isEnd = i == text.length();
            if (!isEnd && !isBoundary(text.charAt(i))) {
                continue;
            }
            String word = text.substring(start, i);
            title.append(upperFirst(word)).append(isEnd ? "" : text.substring(i, i + 1));
            start = i + 1;
        }
        return title.toString();
    }

    private static boolean isBoundary(char c) {
        return Characters.isSpace(c) || WORD_STARTS.indexOf(c) >= 0;
    }

    private static String upperFirst(String word) {
        if (word.isEmpty()) {
            return word;
        }
        int rest = word.offsetByCodePoints(0, 1);
        return CaseMapping.upper(word.substring(0, rest)) + CaseMapping.lower(word.substring(rest));
    }

    /** Without comments and tags, white space reduced to single spaces. */
    static String stripTags(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            boolean isComment = text.startsWith("<!--", i);
            int end = text.charAt(i) != '<' ? -1 : text.indexOf(isComment ? "-->" : ">", i);
            if (end < 0) {
                plain.append(text.charAt(i++));
            } else {
                i = end + (isComment ? 3 : 1);
            }
        }
        return String.join(" ", Splitter.words(plain.toString(), Integer.MAX_VALUE));
    }

    /** Runs of letters, digits and underscores. */
    static Value count(Value value, Arguments arguments, Runtime runtime) {
        arguments.bind("wordcount");
        String text = runtime.text(value);
        runtime.budget().step(1 + text.length() / 64);
        boolean wasInWord = false;
        int count = 0;
        for (int c : text.codePoints().toArray()) {
            boolean isInWord = c == '_' || Character.isLetterOrDigit(c);
            count += isInWord && !wasInWord ? 1 : 0;
            wasInWord = isInWord;
        }
        return Int.of(count);
    }

    static Value urlEncode(Value value, Arguments arguments, Runtime runtime) {
        arguments.bind("urlencode");
        if (value instanceof Str || !Iteration.isIterable(value)) {
            return runtime.made(quote(runtime.text(value), "/"));
        }
        List<Value> pairs =
                value instanceof Dict dict ? dict.pairs() : Iteration.list(value, runtime.budget());
        List<String> parts = new ArrayList<>();
        for (Value pair : pairs) {
            List<Value> both = Iteration.list(pair, runtime.budget());
            parts.add(
                    quotePlus(runtime.text(both.getFirst()))
                            + "="
                            + quotePlus(runtime.text(both.getLast())));
        }
        return runtime.made(String.join("&", parts));
    }

    private static String quotePlus(String text) {
        return quote(text, " ").replace(' ', '+');
    }

    private static String quote(String text, String safe) {
        StringBuilder quoted = new StringBuilder(text.length());
        for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain =
                    unit > 0 && (UNRESERVED.indexOf(unit) >= 0 || safe.indexOf(unit) >= 0);
            quoted.append(isPlain ? Character.toString(unit) : "%%%02X".formatted(unit));
        }
        return quoted.toString();
    }
}
