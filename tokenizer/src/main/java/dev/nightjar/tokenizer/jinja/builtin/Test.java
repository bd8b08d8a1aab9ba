package dev.nightjar.tokenizer.jinja.builtin;

import dev.nightjar.tokenizer.jinja.value.Arguments;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Value;

/** {@code value is test(arguments)}. */
@FunctionalInterface
interface Test {
    boolean holds(Value value, Arguments arguments, Runtime runtime);
}
