package dev.nightjar.tokenizer.jinja.builtin;

import dev.nightjar.tokenizer.jinja.value.Arguments;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Value;

/** {@code value | filter(arguments)}. */
@FunctionalInterface
interface Filter {
    Value apply(Value value, Arguments arguments, Runtime runtime);
}
