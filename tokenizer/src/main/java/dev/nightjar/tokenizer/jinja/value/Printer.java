package dev.nightjar.tokenizer.jinja.value;

import dev.nightjar.tokenizer.jinja.text.Characters;
import dev.nightjar.tokenizer.jinja.text.DecimalText;
import java.util.List;
import java.util.Map;

/** Values as text: Python's {@code str} and {@code repr}. Charges what it writes. */
public final class Printer {
    private final Budget budget;
    private final StringBuilder out = new StringBuilder();

    private Printer(Budget budget) {
        this.budget = budget;
    }

    /**
     * What is printed for a value.
     *
     * @throws JinjaException if it is undefined and must not be printed
     */
    public static String text(Value value, Budget budget) {
        return switch (value) {
            case Str str -> str.value();
            case Undefined undefined when undefined.mode() == Undefined.Mode.PRINTS_NOTHING -> "";
            case Undefined undefined -> throw undefined.failure();
            default -> repr(value, budget);
        };
    }

    /** What is printed for a value inside of another. */
    public static String repr(Value value, Budget budget) {
        Printer printer = new Printer(budget);
        printer.write(value);
        return printer.out.toString();
    }

    private void write(Value value) {
        switch (value) {
            case Str str -> writeQuoted(str);
            case Undefined undefined -> writeUndefined(undefined);
            case Nothing none -> append("None");
            case Bool bool -> append(bool.value() ? "True" : "False");
            case Int number -> append(number.value().toString());
            case Real number -> append(DecimalText.repr(number.value()));
            case Seq seq -> writeSequence(seq);
            case Dict dict -> writeDict(dict.entries());
            case Range range -> append(describe(range));
            case Lazy lazy -> append("<generator>");
            case Dynamic dynamic -> append(dynamic.description());
        }
    }

    private void append(String text) {
        budget.text(text.length());
        out.append(text);
    }

    private void writeUndefined(Undefined undefined) {
        if (undefined.mode() == Undefined.Mode.FAILS) {
            throw undefined.failure();
        }
        append("Undefined");
    }

    private static String describe(Range range) {
        return range.step() == 1
                ? "range(%d, %d)".formatted(range.start(), range.stop())
                : "range(%d, %d, %d)".formatted(range.start(), range.stop(), range.step());
    }

    private void writeSequence(Seq seq) {
        List<Value> items = seq.items();
        if (seq.isTuple()) {
            append("(");
            writeAll(items);
            append(items.size() == 1 ? ",)" : ")");
            return;
        }
        boolean isView = seq.kind() != Seq.Kind.LIST;
        append(isView ? seq.typeName() + "([" : "[");
        writeAll(items);
        append(isView ? "])" : "]");
    }

    private void writeAll(List<Value> items) {
        for (int i = 0; i < items.size(); i++) {
            append(i == 0 ? "" : ", ");
            write(items.get(i));
        }
    }

    private void writeDict(Map<Value, Value> entries) {
        append("{");
        String separator = "";
        for (Map.Entry<Value, Value> entry : entries.entrySet()) {
            append(separator);
            write(entry.getKey());
            append(": ");
            write(entry.getValue());
            separator = ", ";
        }
        append("}");
    }

    private void writeQuoted(Str str) {
        budget.text(str.value().length());
        out.append(str.isMarkup() ? "Markup(" : "");
        char quote = str.value().contains("'") && !str.value().contains("\"") ? '"' : '\'';
        out.append(quote);
        str.value().codePoints().forEach(c -> writeEscaped(c, quote));
        out.append(quote).append(str.isMarkup() ? ")" : "");
    }

    private void writeEscaped(int c, char quote) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\\' -> out.append("\\\\");
            default -> {
                if (c == quote) {
                    out.append('\\').append(quote);
                } else if (Characters.isPrintable(c)) {
                    out.appendCodePoint(c);
                } else {
                    String form = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
                    out.append(form.formatted(c));
                }
            }
        }
    }
}
