package dev.nightjar.tokenizer.jinja.method;

import dev.nightjar.tokenizer.jinja.value.Arguments;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Value;

/** A method of values of one type. */
@FunctionalInterface
interface Method<T extends Value> {
    Value call(T self, Arguments arguments, Runtime runtime);
}
