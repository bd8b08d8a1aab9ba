package dev.nightjar.tokenizer.jinja.method;

import dev.nightjar.tokenizer.jinja.text.FormatSpec;
import dev.nightjar.tokenizer.jinja.value.Dict;
import dev.nightjar.tokenizer.jinja.value.Int;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Numbers;
import dev.nightjar.tokenizer.jinja.value.Printer;
import dev.nightjar.tokenizer.jinja.value.Real;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Seq;
import dev.nightjar.tokenizer.jinja.value.Str;
import dev.nightjar.tokenizer.jinja.value.Undefined;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code text % values}, as in C's {@code printf}. */
public final class PercentFormat {
    private static final Pattern FIELD =
            Pattern.compile(
                    "%(?:\\(([^)]*)\\))?([-+ #0]*)(\\*|\\d{1,9})?(?:\\.(\\*|\\d{0,9}))?"
                            + "[hlL]?(.)?",
                    Pattern.DOTALL);

    /** Laying out digits is slower than copying text. */
    private static final int CHARS_PER_STEP = 8;

    private final Value values;
    private final List<Value> sequence;
    private final Runtime runtime;
    private int next;
    private boolean isNamed;

    private PercentFormat(Value values, Runtime runtime) {
        this.values = values;
        this.sequence = values instanceof Seq seq && seq.isTuple() ? seq.items() : List.of(values);
        this.runtime = runtime;
    }

    /**
     * The text with its fields filled in.
     *
     * @throws JinjaException if fields and values do not fit
     */
    public static Str of(String text, Value values, Runtime runtime) {
        return new PercentFormat(values, runtime).format(text);
    }

    private Str format(String text) {
        StringBuilder result = new StringBuilder(text.length());
        Matcher field = FIELD.matcher(text);
        int start = 0;
        while (field.find(start)) {
            append(result, text.substring(start, field.start()));
            append(result, field(field));
            start = field.end();
        }
        append(result, text.substring(start));
        boolean mayBeLeft = isNamed || values instanceof Dict || values instanceof Undefined;
        if (next < sequence.size() && !mayBeLeft) {
            throw JinjaException.type("not all arguments converted during string formatting");
        }
        return Str.of(result.toString());
    }

    private void append(StringBuilder result, String piece) {
        runtime.budget().text(piece.length());
        runtime.budget().step(piece.length() / CHARS_PER_STEP);
        result.append(piece);
    }

    private String field(Matcher field) {
        String type = field.group(5);
        if (type == null) {
            throw JinjaException.type("incomplete format");
        }
        if (type.equals("%")) {
            return "%";
        }
        String name = field.group(1);
        String flags = field.group(2);
        String width = size(field.group(3));
        String precision = field.group(4) == null ? "" : "." + size("0" + field.group(4));
        Value value = name == null ? positional() : named(name);
        if (value instanceof Undefined undefined && !"sr".contains(type)) {
            throw undefined.failure();
        }
        return convert(value, type, flags, width, precision);
    }

    private String size(String text) {
        if (text == null) {
            return "";
        }
        if (text.endsWith("*")) {
            return Numbers.integer(positional())
                    .filter(number -> number.signum() >= 0)
                    .orElseThrow(() -> JinjaException.type("* wants an integer"))
                    .toString();
        }
        return new BigInteger(text).toString();
    }

    private Value positional() {
        if (next >= sequence.size()) {
            throw JinjaException.type("not enough arguments for format string");
        }
        return sequence.get(next++);
    }

    private Value named(String name) {
        isNamed = true;
        if (!(values instanceof Dict dict)) {
            throw JinjaException.type("format requires a mapping");
        }
        return dict.get(Str.of(name))
                .orElseThrow(() -> JinjaException.type("no value named '%s'".formatted(name)));
    }

    private String convert(Value value, String type, String flags, String width, String precision) {
        return switch (type) {
            case "s" -> text(runtime.text(value), flags, width, precision);
            case "r", "a" -> text(Printer.repr(value, runtime.budget()), flags, width, precision);
            case "c" -> text(character(value), flags, width, "");
            case "d", "i", "u" -> number(integer(value, type), "d", flags, width, "");
            case "x", "X", "o" ->
                    number(
                            Numbers.integer(value)
                                    .map(Int::new)
                                    .orElseThrow(() -> wrong(value, type, "an integer")),
                            type,
                            flags,
                            width,
                            "");
            case "e", "E", "f", "F", "g", "G" ->
                    number(new Real(real(value)), type, flags, width, precision);
            default ->
                    throw JinjaException.type("unsupported format character '%s'".formatted(type));
        };
    }

    private static JinjaException wrong(Value value, String type, String expected) {
        return JinjaException.type(
                "%%%s format: %s is required, not %s".formatted(type, expected, value.typeName()));
    }

    private static Value integer(Value value, String type) {
        return value instanceof Real real && Double.isFinite(real.value())
                ? new Int(new BigDecimal(real.value()).toBigInteger())
                : Numbers.integer(value)
                        .map(Int::new)
                        .orElseThrow(() -> wrong(value, type, "a number"));
    }

    private static double real(Value value) {
        return Numbers.real(
                Numbers.of(value)
                        .orElseThrow(
                                () ->
                                        JinjaException.type(
                                                "must be real number, not " + value.typeName())));
    }

    private static String character(Value value) {
        if (value instanceof Str str && str.value().codePointCount(0, str.value().length()) == 1) {
            return str.value();
        }
        return Numbers.integer(value)
                .filter(c -> c.signum() >= 0 && c.bitLength() < Integer.SIZE)
                .map(BigInteger::intValue)
                .filter(Character::isValidCodePoint)
                .map(Character::toString)
                .orElseThrow(() -> JinjaException.type("%c requires int or char"));
    }

    private static String text(String value, String flags, String width, String precision) {
        String align = flags.contains("-") ? "<" : ">";
        return spec(align + width + precision + "s")
                .text(value)
                .orElseThrow(() -> JinjaException.type("malformed format"));
    }

    private static String number(
            Value value, String type, String flags, String width, String precision) {
        boolean isLeft = flags.contains("-");
        String align = isLeft ? "<" : flags.contains("0") ? "0=" : ">";
        String sign = flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
        String alternate = flags.contains("#") ? "#" : "";
        FormatSpec spec = spec(align + sign + alternate + width + precision + type);
        Optional<String> text =
                value instanceof Int number
                        ? spec.integer(number.value())
                        : spec.real(((Real) value).value());
        return text.orElseThrow(() -> JinjaException.type("malformed format"));
    }

    private static FormatSpec spec(String text) {
        return FormatSpec.parse(text)
                .orElseThrow(
                        () ->
                                JinjaException.limit(
                                        "a format may be at most %d wide"
                                                .formatted(FormatSpec.MAX_SIZE)));
    }
}
