package dev.nightjar.tokenizer.jinja.syntax;

import dev.nightjar.tokenizer.jinja.syntax.Token.Type;
import dev.nightjar.tokenizer.jinja.text.Characters;
import dev.nightjar.tokenizer.jinja.text.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Source to tokens: text, and the expressions between tags. White space goes as with {@code
 * trim_blocks} (the line end after a statement or comment) and {@code lstrip_blocks} (the
 * indentation before one), or where a tag carries a {@code -}.
 */
final class TemplateLexer {
    private static final Pattern RAW_BEGIN =
            Pattern.compile(
                    "\\{%[-+]?\\s*raw\\s*(?:-%\\}\\s*|%\\})", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern RAW_END =
            Pattern.compile(
                    "\\{%[-+]?\\s*endraw\\s*(?:\\+%\\}|-%\\}\\s*|%\\}\\n?)",
                    Pattern.UNICODE_CHARACTER_CLASS);

    private final SourceText source;
    private final List<Token> tokens = new ArrayList<>();
    private int position;

    private TemplateLexer(String source) {
        this.source = new SourceText(source);
    }

    /** The tokens of a template, the last of them {@link Type#END}. */
    static List<Token> tokens(String source) {
        TemplateLexer lexer = new TemplateLexer(source);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        while (position < source.length()) {
            int tag = nextTag();
            addText(tag);
            if (tag == source.length()) {
                break;
            }
            position = tag;
            readTag();
        }
        tokens.add(Token.of(Type.END, "", source.position(source.length())));
    }

    private int nextTag() {
        String text = source.text();
        for (int i = text.indexOf('{', position); i >= 0; i = text.indexOf('{', i + 1)) {
            char kind = source.at(i + 1);
            if (kind == '%' || kind == '{' || kind == '#') {
                return i;
            }
        }
        return source.length();
    }

    /** Adds the text from the position up to a tag. */
    private void addText(int tag) {
        String text = source.substring(position, tag);
        char sign = source.at(tag + 2);
        boolean isOutput = source.at(tag + 1) == '{';
        if (tag < source.length()) {
            if (sign == '-') {
                text = Characters.strip(text, Side.RIGHT);
            } else if (sign != '+' && !isOutput) {
                text = withoutIndent(text);
            }
        }
        if (!text.isEmpty()) {
            tokens.add(Token.of(Type.TEXT, text, source.position(position)));
        }
    }

    private String withoutIndent(String text) {
        int start = text.lastIndexOf('\n') + 1;
        boolean isLineStart = start > 0 || position == 0 || source.at(position - 1) == '\n';
        return isLineStart && text.substring(start).chars().allMatch(Characters::isSpace)
                ? text.substring(0, start)
                : text;
    }

    private void readTag() {
        switch (source.at(position + 1)) {
            case '#' -> skipComment();
            case '{' -> readExpression(Type.OUTPUT_BEGIN);
            default -> {
                Matcher raw = RAW_BEGIN.matcher(source.text()).region(position, source.length());
                if (raw.lookingAt()) {
                    readRaw(raw.end());
                } else {
                    readExpression(Type.BLOCK_BEGIN);
                }
            }
        }
    }

    private void skipComment() {
        int start = position + 2 + (isSign(source.at(position + 2)) ? 1 : 0);
        int end = source.text().indexOf("#}", start);
        if (end < 0) {
            throw source.error("the comment has no end, expected '#}'", position);
        }
        char sign = end > start ? source.at(end - 1) : 0;
        position = endOfTag(end + 2, sign);
    }

    private static boolean isSign(char c) {
        return c == '-' || c == '+';
    }

    /** Where text begins after a tag that ends before {@code end} with a sign or without. */
    private int endOfTag(int end, char sign) {
        if (sign == '-') {
            return endOfSpace(end);
        }
        return sign != '+' && source.at(end) == '\n' ? end + 1 : end;
    }

    private int endOfSpace(int from) {
        int i = from;
        while (i < source.length() && Characters.isSpace(source.at(i))) {
            i++;
        }
        return i;
    }

    private void readRaw(int start) {
        int begin = position;
        Matcher end = RAW_END.matcher(source.text());
        if (!end.find(start)) {
            throw source.error("'raw' has no end, expected '{% endraw %}'", begin);
        }
        position = start;
        addText(end.start());
        position = end.end();
    }

    private void readExpression(Type type) {
        boolean isOutput = type == Type.OUTPUT_BEGIN;
        tokens.add(Token.of(type, "", source.position(position)));
        int start = position + 2 + (isSign(source.at(position + 2)) ? 1 : 0);
        ExpressionLexer lexer = new ExpressionLexer(source, tokens, isOutput ? "}}" : "%}");
        int end = lexer.read(start);
        char sign = lexer.endSign();
        Type endType = isOutput ? Type.OUTPUT_END : Type.BLOCK_END;
        tokens.add(Token.of(endType, "", source.position(end - 2)));
        position = isOutput ? sign == '-' ? endOfSpace(end) : end : endOfTag(end, sign);
    }
}
