package dev.nightjar.tokenizer.jinja.builtin;

import dev.nightjar.tokenizer.jinja.text.Characters;
import dev.nightjar.tokenizer.jinja.text.Side;
import dev.nightjar.tokenizer.jinja.value.Arguments;
import dev.nightjar.tokenizer.jinja.value.BoundArguments;
import dev.nightjar.tokenizer.jinja.value.Int;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Numbers;
import dev.nightjar.tokenizer.jinja.value.Real;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Str;
import dev.nightjar.tokenizer.jinja.value.Undefined;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Filters that make numbers. */
final class NumberFilters {
    private static final Pattern FLOAT =
            Pattern.compile(
                    "[+-]?(?:(?:\\d+(?:_\\d+)*)?\\.?(?:\\d+(?:_\\d+)*)?(?:[eE][+-]?\\d{1,6})?)");
    private static final Pattern WORD = Pattern.compile("[+-]?(?:inf|infinity|nan)");
    private static final Pattern DIGITS = Pattern.compile("[+-]?[0-9a-zA-Z]+(?:_[0-9a-zA-Z]+)*");
    private static final int MAX_LENGTH = 4300;
    private static final int MAX_PLACES = 1000;
    private static final int DECIMAL = 10;

    private NumberFilters() {}

    static Map<String, Filter> all() {
        return Map.of(
                "int", NumberFilters::toInt,
                "float", NumberFilters::toFloat,
                "abs", NumberFilters::abs,
                "round", NumberFilters::round);
    }

    private static Value abs(Value value, Arguments arguments, Runtime runtime) {
        arguments.bind("abs");
        return switch (number(value, "abs")) {
            case Int integer -> new Int(integer.value().abs());
            case Value real -> new Real(Math.abs(Numbers.real(real)));
        };
    }

    private static Value number(Value value, String filter) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        return Numbers.of(value)
                .orElseThrow(
                        () ->
                                JinjaException.type(
                                        "%s: expected a number, found '%s'"
                                                .formatted(filter, value.typeName())));
    }

    /** Reading digits is slower than reading text. */
    private static long cost(Value value) {
        return value instanceof Str text ? Math.min(MAX_LENGTH, text.value().length()) / 4 : 0;
    }

    private static Value toInt(Value value, Arguments arguments, Runtime runtime) {
        BoundArguments bound = arguments.bind("int", "default", "base");
        runtime.budget().step(cost(value));
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        Optional<Value> result =
                value instanceof Str text
                        ? integer(text.value(), bound.integer("base", DECIMAL))
                                .or(() -> real(text.value()).flatMap(NumberFilters::truncated))
                        : Numbers.of(value).flatMap(NumberFilters::truncated);
        return result.or(() -> bound.get("default")).orElse(Int.of(0));
    }

    private static Optional<Value> truncated(Value number) {
        if (number instanceof Int) {
            return Optional.of(number);
        }
        double value = ((Real) number).value();
        if (Double.isInfinite(value)) {
            throw JinjaException.type("int: infinity is no integer");
        }
        return Double.isNaN(value)
                ? Optional.empty()
                : Optional.of(new Int(new BigDecimal(value).toBigInteger()));
    }

    private static Optional<Value> integer(String text, int base) {
        String digits = Characters.strip(text, Side.BOTH);
        if (digits.length() > MAX_LENGTH || !DIGITS.matcher(digits).matches()) {
            return Optional.empty();
        }
        boolean isSigned = digits.startsWith("-") || digits.startsWith("+");
        String sign = isSigned ? digits.substring(0, 1) : "";
        String bare = withoutPrefix(digits.substring(sign.length()), base).replace("_", "");
        if (base < Character.MIN_RADIX || base > Character.MAX_RADIX) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Int(new BigInteger(sign + bare, base)));
        } catch (NumberFormatException notInThisBase) {
            return Optional.empty();
        }
    }

    private static String withoutPrefix(String digits, int base) {
        String prefix =
                switch (base) {
                    case 2 -> "0b";
                    case 8 -> "0o";
                    case 16 -> "0x";
                    default -> "-";
                };
        return digits.toLowerCase(Locale.ROOT).startsWith(prefix) ? digits.substring(2) : digits;
    }

    private static Value toFloat(Value value, Arguments arguments, Runtime runtime) {
        BoundArguments bound = arguments.bind("float", "default");
        runtime.budget().step(cost(value));
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        Optional<Value> result =
                value instanceof Str text
                        ? real(text.value())
                        : Numbers.of(value).map(number -> new Real(Numbers.real(number)));
        return result.or(() -> bound.get("default")).orElse(new Real(0));
    }

    private static Optional<Value> real(String text) {
        String digits = Characters.strip(text, Side.BOTH);
        if (digits.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String word = digits.toLowerCase(Locale.ROOT);
        if (WORD.matcher(word).matches()) {
            double size = word.endsWith("nan") ? Double.NaN : Double.POSITIVE_INFINITY;
            return Optional.of(new Real(word.startsWith("-") ? -size : size));
        }
        boolean hasDigit = digits.chars().anyMatch(c -> c >= '0' && c <= '9');
        if (!hasDigit || !FLOAT.matcher(digits).matches() || digits.matches("[^0-9]*[eE].*")) {
            return Optional.empty();
        }
        return Optional.of(new Real(Double.parseDouble(digits.replace("_", ""))));
    }

    private static Value round(Value value, Arguments arguments, Runtime runtime) {
        BoundArguments bound = arguments.bind("round", "precision", "method");
        int places = Math.clamp(bound.integer("precision", 0), -MAX_PLACES, MAX_PLACES);
        String method = bound.text("method", "common");
        Value number = number(value, "round");
        return switch (method) {
            case "common" -> rounded(number, places);
            case "ceil", "floor" -> {
                double scale = Math.pow(DECIMAL, places);
                double scaled = Numbers.real(number) * scale;
                yield new Real(
                        (method.equals("ceil") ? Math.ceil(scaled) : Math.floor(scaled)) / scale);
            }
            default -> throw JinjaException.type("round: method must be common, ceil or floor");
        };
    }

    private static Value rounded(Value number, int places) {
        if (number instanceof Int integer) {
            return places >= 0
                    ? number
                    : new Int(
                            new BigDecimal(integer.value())
                                    .setScale(places, RoundingMode.HALF_EVEN)
                                    .toBigInteger());
        }
        double value = ((Real) number).value();
        if (!Double.isFinite(value)) {
            return number;
        }
        return new Real(
                new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN).doubleValue());
    }
}
