package dev.nightjar.tokenizer.jinja.method;

import dev.nightjar.tokenizer.jinja.value.Arguments;
import dev.nightjar.tokenizer.jinja.value.BoundArguments;
import dev.nightjar.tokenizer.jinja.value.Int;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Nothing;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Seq;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.util.Optional;

/** Methods of lists and tuples. */
final class SequenceMethods {
    private SequenceMethods() {}

    /** What is no method: the parts of a group. */
    static Optional<Value> find(Seq self, String name) {
        if (self.kind() != Seq.Kind.GROUP) {
            return Optional.empty();
        }
        return switch (name) {
            case "grouper" -> Optional.of(self.items().getFirst());
            case "list" -> Optional.of(self.items().getLast());
            default -> Optional.empty();
        };
    }

    static Optional<Method<Seq>> method(Seq self, String name) {
        return switch (name) {
            case "count" -> Optional.of(SequenceMethods::count);
            case "index" -> Optional.of(SequenceMethods::index);
            default -> self.isTuple() ? Optional.empty() : listMethod(name);
        };
    }

    private static Optional<Method<Seq>> listMethod(String name) {
        return switch (name) {
            case "copy" -> Optional.of(SequenceMethods::copy);
            case "pop" -> Optional.of(SequenceMethods::pop);
            case "clear" -> Optional.of(SequenceMethods::clear);
            default -> Optional.empty();
        };
    }

    private static Value count(Seq self, Arguments arguments, Runtime runtime) {
        Value sought = arguments.bind("count", "value").required("value");
        runtime.budget().step(self.weight());
        return Int.of(self.items().stream().filter(sought::equals).count());
    }

    private static Value index(Seq self, Arguments arguments, Runtime runtime) {
        BoundArguments bound = arguments.bind("index", "value", "start", "stop");
        Value sought = bound.required("value");
        runtime.budget().step(self.weight());
        int size = self.items().size();
        int from = Slices.clamp(bound.integer("start", 0), size);
        int to = Slices.clamp(bound.integer("stop", size), size);
        int found = from < to ? self.items().subList(from, to).indexOf(sought) : -1;
        if (found < 0) {
            throw JinjaException.type("index(): the value is not in the list");
        }
        return Int.of(from + found);
    }

    private static Value copy(Seq self, Arguments arguments, Runtime runtime) {
        arguments.bind("copy");
        runtime.budget().step(self.items().size());
        return Seq.list(self.items());
    }

    private static Value pop(Seq self, Arguments arguments, Runtime runtime) {
        int size = self.items().size();
        int index = arguments.bind("pop", "index").integer("index", -1);
        int at = index < 0 ? index + size : index;
        if (at < 0 || at >= size) {
            throw JinjaException.type(
                    "pop(): index %d in a list of %d items".formatted(index, size));
        }
        runtime.budget().step(1 + (size - at) / 64);
        return self.remove(at);
    }

    private static Value clear(Seq self, Arguments arguments, Runtime runtime) {
        arguments.bind("clear");
        self.clear();
        return Nothing.NONE;
    }
}
