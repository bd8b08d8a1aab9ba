package dev.nightjar.tokenizer.jinja.method;

import dev.nightjar.tokenizer.jinja.value.Bool;
import dev.nightjar.tokenizer.jinja.value.Function;
import dev.nightjar.tokenizer.jinja.value.Real;

/** Methods of numbers. */
final class NumberMethods {
    private NumberMethods() {}

    static Function isInteger(Real number) {
        return new Function(
                "is_integer",
                arguments -> {
                    arguments.bind("is_integer");
                    return Bool.of(Math.rint(number.value()) == number.value());
                });
    }
}
