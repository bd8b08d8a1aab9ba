package dev.nightjar.tokenizer.jinja.method;

import dev.nightjar.tokenizer.jinja.text.CaseMapping;
import dev.nightjar.tokenizer.jinja.text.Characters;
import dev.nightjar.tokenizer.jinja.text.Side;
import dev.nightjar.tokenizer.jinja.value.Arguments;
import dev.nightjar.tokenizer.jinja.value.Bool;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Nothing;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Str;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Methods of texts that look at their characters; those that search are in {@link SearchMethods}.
 */
final class StringMethods {
    private static final Map<String, Method<Str>> METHODS =
            Map.ofEntries(
                    Map.entry("strip", strip(Side.BOTH)),
                    Map.entry("lstrip", strip(Side.LEFT)),
                    Map.entry("rstrip", strip(Side.RIGHT)),
                    Map.entry("upper", mapping(CaseMapping::upper)),
                    Map.entry("lower", mapping(CaseMapping::lower)),
                    Map.entry("casefold", mapping(s -> CaseMapping.lower(CaseMapping.upper(s)))),
                    Map.entry("title", mapping(CaseMapping::title)),
                    Map.entry("capitalize", mapping(CaseMapping::capitalize)),
                    Map.entry("swapcase", mapping(CaseMapping::swap)),
                    Map.entry("isdigit", all(Character::isDigit)),
                    Map.entry("isdecimal", all(Character::isDigit)),
                    Map.entry("isnumeric", all(Character::isDigit)),
                    Map.entry("isalpha", all(Character::isLetter)),
                    Map.entry("isalnum", all(Character::isLetterOrDigit)),
                    Map.entry("isspace", all(Characters::isSpace)),
                    Map.entry("islower", test(CaseMapping::isLower)),
                    Map.entry("isupper", test(CaseMapping::isUpper)),
                    Map.entry("isascii", test(s -> s.chars().allMatch(c -> c < 0x80))),
                    Map.entry("ljust", PadMethods.justify(Side.RIGHT)),
                    Map.entry("rjust", PadMethods.justify(Side.LEFT)),
                    Map.entry("center", PadMethods.justify(Side.BOTH)),
                    Map.entry("zfill", PadMethods::zeroFill),
                    Map.entry("expandtabs", PadMethods::expandTabs),
                    Map.entry("format", BraceFormat::format),
                    Map.entry("format_map", BraceFormat::formatMap));

    private StringMethods() {}

    static Optional<Method<Str>> find(String name) {
        return Optional.ofNullable(METHODS.get(name)).or(() -> SearchMethods.find(name));
    }

    private static Method<Str> strip(Side side) {
        return (self, arguments, runtime) ->
                runtime.made(
                        stripChars(arguments)
                                .map(chars -> Characters.strip(self.value(), side, chars))
                                .orElseGet(() -> Characters.strip(self.value(), side)));
    }

    private static Optional<String> stripChars(Arguments arguments) {
        return arguments
                .bind("strip", "chars")
                .get("chars")
                .filter(chars -> chars != Nothing.NONE)
                .map(chars -> text(chars, "strip"));
    }

    /** The text that an argument is. */
    static String text(Value argument, String function) {
        if (argument instanceof Str str) {
            return str.value();
        }
        throw JinjaException.type(
                "%s: expected a string, found '%s'".formatted(function, argument.typeName()));
    }

    private static Method<Str> mapping(UnaryOperator<String> mapping) {
        return (self, arguments, runtime) -> {
            arguments.bind("a method without arguments");
            return runtime.made(mapping.apply(self.value()));
        };
    }

    private static Method<Str> all(IntPredicate predicate) {
        return test(text -> !text.isEmpty() && text.codePoints().allMatch(predicate));
    }

    private static Method<Str> test(Predicate<String> predicate) {
        return (Str self, Arguments arguments, Runtime runtime) -> {
            arguments.bind("a method without arguments");
            runtime.budget().step(self.weight());
            return Bool.of(predicate.test(self.value()));
        };
    }
}
