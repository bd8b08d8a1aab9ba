package dev.nightjar.tokenizer.jinja.method;

import dev.nightjar.tokenizer.jinja.value.Arguments;
import dev.nightjar.tokenizer.jinja.value.BoundArguments;
import dev.nightjar.tokenizer.jinja.value.Dict;
import dev.nightjar.tokenizer.jinja.value.Nothing;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Seq;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Methods of dicts. */
final class DictMethods {
    private static final Map<String, Method<Dict>> METHODS =
            Map.of(
                    "get", DictMethods::get,
                    "keys", view(Seq.Kind.KEYS, dict -> List.copyOf(dict.entries().keySet())),
                    "values", view(Seq.Kind.VALUES, dict -> List.copyOf(dict.entries().values())),
                    "items", view(Seq.Kind.ITEMS, Dict::pairs),
                    "copy", DictMethods::copy);

    private DictMethods() {}

    static Optional<Method<Dict>> find(String name) {
        return Optional.ofNullable(METHODS.get(name));
    }

    private static Value get(Dict self, Arguments arguments, Runtime runtime) {
        BoundArguments bound = arguments.bind("get", "key", "default");
        Value key = Dict.hashable(bound.required("key"));
        return self.get(key).or(() -> bound.get("default")).orElse(Nothing.NONE);
    }

    private static Value copy(Dict self, Arguments arguments, Runtime runtime) {
        arguments.bind("copy");
        return self;
    }

    private static Method<Dict> view(
            Seq.Kind kind, java.util.function.Function<Dict, Collection<Value>> items) {
        return (self, arguments, runtime) -> {
            arguments.bind(kind.name());
            runtime.budget().step(self.entries().size());
            return Seq.of(kind, items.apply(self));
        };
    }
}
