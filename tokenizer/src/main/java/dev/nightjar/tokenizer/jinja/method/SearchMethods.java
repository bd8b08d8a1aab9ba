package dev.nightjar.tokenizer.jinja.method;

import dev.nightjar.tokenizer.jinja.text.CodePoints;
import dev.nightjar.tokenizer.jinja.text.Finder;
import dev.nightjar.tokenizer.jinja.text.Splitter;
import dev.nightjar.tokenizer.jinja.value.Arguments;
import dev.nightjar.tokenizer.jinja.value.Bool;
import dev.nightjar.tokenizer.jinja.value.BoundArguments;
import dev.nightjar.tokenizer.jinja.value.Int;
import dev.nightjar.tokenizer.jinja.value.Iteration;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Runtime;
import dev.nightjar.tokenizer.jinja.value.Seq;
import dev.nightjar.tokenizer.jinja.value.Str;
import dev.nightjar.tokenizer.jinja.value.Undefined;
import dev.nightjar.tokenizer.jinja.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Methods of texts that look for other texts in them. */
final class SearchMethods {
    private static final Map<String, Method<Str>> METHODS =
            Map.ofEntries(
                    Map.entry("startswith", affix("startswith", String::startsWith)),
                    Map.entry("endswith", affix("endswith", String::endsWith)),
                    Map.entry("removeprefix", SearchMethods::removePrefix),
                    Map.entry("removesuffix", SearchMethods::removeSuffix),
                    Map.entry("find", (self, args, rt) -> Int.of(find("find", self, args, rt))),
                    Map.entry("rfind", (self, args, rt) -> Int.of(find("rfind", self, args, rt))),
                    Map.entry("index", (self, args, rt) -> index("find", self, args, rt)),
                    Map.entry("rindex", (self, args, rt) -> index("rfind", self, args, rt)),
                    Map.entry("count", SearchMethods::count),
                    Map.entry("split", SearchMethods::split),
                    Map.entry("rsplit", SearchMethods::splitFromRight),
                    Map.entry("splitlines", SearchMethods::splitLines),
                    Map.entry("partition", SearchMethods::partition),
                    Map.entry("rpartition", SearchMethods::partitionFromRight),
                    Map.entry("replace", SearchMethods::replace),
                    Map.entry("join", SearchMethods::join));

    private SearchMethods() {}

    static Optional<Method<Str>> find(String name) {
        return Optional.ofNullable(METHODS.get(name));
    }

    private static Method<Str> affix(String name, BiPredicate<String, String> isAt) {
        return (self, arguments, runtime) -> {
            BoundArguments bound = arguments.bind(name, "affix", "start", "end");
            String text = self.value();
            if (bound.get("start").isPresent() || bound.get("end").isPresent()) {
                int size = CodePoints.length(text);
                int from = Slices.clamp(bound.integer("start", 0), size);
                int to = Slices.clamp(bound.integer("end", size), size);
                if (from > to) {
                    return Bool.FALSE;
                }
                text = CodePoints.substring(text, from, to);
            }
            runtime.budget().step(1);
            Value affix = bound.required("affix");
            if (affix instanceof Seq seq && seq.isTuple()) {
                String whole = text;
                return Bool.of(
                        seq.items().stream()
                                .anyMatch(a -> isAt.test(whole, StringMethods.text(a, name))));
            }
            return Bool.of(isAt.test(text, StringMethods.text(affix, name)));
        };
    }

    private static Value removePrefix(Str self, Arguments arguments, Runtime runtime) {
        String prefix = arguments.bind("removeprefix", "prefix").text("prefix", "");
        return self.value().startsWith(prefix)
                ? runtime.made(self.value().substring(prefix.length()))
                : self;
    }

    private static Value removeSuffix(Str self, Arguments arguments, Runtime runtime) {
        String suffix = arguments.bind("removesuffix", "suffix").text("suffix", "");
        return self.value().endsWith(suffix)
                ? runtime.made(self.value().substring(0, self.value().length() - suffix.length()))
                : self;
    }

    /** In code points, -1 if it is not there. */
    private static int find(String name, Str self, Arguments arguments, Runtime runtime) {
        BoundArguments bound = arguments.bind(name, "sub", "start", "end");
        String sought = StringMethods.text(bound.required("sub"), name);
        String text = self.value();
        Finder finder = new Finder(sought);
        if (bound.get("start").isEmpty() && bound.get("end").isEmpty()) {
            return codePoints(text, name.equals("find") ? finder.next(text, 0) : finder.last(text));
        }
        int size = CodePoints.length(text);
        int from = bound.integer("start", 0);
        int to = Slices.clamp(bound.integer("end", size), size);
        if (from > size || Slices.clamp(from, size) > to) {
            return -1;
        }
        int start = Slices.clamp(from, size);
        String part = CodePoints.substring(text, start, to);
        int at = name.equals("find") ? finder.next(part, 0) : finder.last(part);
        return at < 0 ? -1 : start + codePoints(part, at);
    }

    private static int codePoints(String text, int units) {
        return units < 0 ? -1 : text.codePointCount(0, units);
    }

    private static Value index(String name, Str self, Arguments arguments, Runtime runtime) {
        int at = find(name, self, arguments, runtime);
        if (at < 0) {
            throw JinjaException.type("index(): the substring is not in the string");
        }
        return Int.of(at);
    }

    private static Value count(Str self, Arguments arguments, Runtime runtime) {
        BoundArguments bound = arguments.bind("count", "sub");
        String sought = StringMethods.text(bound.required("sub"), "count");
        runtime.budget().step(self.weight());
        return Int.of(
                sought.isEmpty()
                        ? CodePoints.length(self.value()) + 1
                        : Splitter.pieces(self.value(), sought, Integer.MAX_VALUE).size() - 1);
    }

    private static Value split(Str self, Arguments arguments, Runtime runtime) {
        BoundArguments bound = arguments.bind("split", "sep", "maxsplit");
        int max = max(bound);
        return list(
                separator(bound)
                        .map(separator -> Splitter.pieces(self.value(), separator, max))
                        .orElseGet(() -> Splitter.words(self.value(), max)),
                self,
                runtime);
    }

    private static Value splitFromRight(Str self, Arguments arguments, Runtime runtime) {
        BoundArguments bound = arguments.bind("rsplit", "sep", "maxsplit");
        int max = max(bound);
        return list(
                separator(bound)
                        .map(separator -> Splitter.piecesFromRight(self.value(), separator, max))
                        .orElseGet(() -> Splitter.wordsFromRight(self.value(), max)),
                self,
                runtime);
    }

    private static int max(BoundArguments bound) {
        int max = bound.integer("maxsplit", -1);
        return max < 0 ? Integer.MAX_VALUE : max;
    }

    private static Optional<String> separator(BoundArguments bound) {
        Optional<String> separator =
                bound.some("sep").map(value -> StringMethods.text(value, "split"));
        if (separator.equals(Optional.of(""))) {
            throw JinjaException.type("split(): the separator is empty");
        }
        return separator;
    }

    private static Value splitLines(Str self, Arguments arguments, Runtime runtime) {
        boolean isKept = arguments.bind("splitlines", "keepends").flag("keepends");
        return list(
                Splitter.lines(
                        self.value(), isKept ? Splitter.LineEnds.KEPT : Splitter.LineEnds.DROPPED),
                self,
                runtime);
    }

    private static Value list(List<String> pieces, Str self, Runtime runtime) {
        runtime.budget().text(self.value().length());
        runtime.budget().step(pieces.size());
        return Seq.list(pieces.stream().map(Str::of).toList());
    }

    private static Value partition(Str self, Arguments arguments, Runtime runtime) {
        String separator = nonEmpty(arguments, "partition");
        return parts(self, separator, new Finder(separator).next(self.value(), 0), runtime)
                .orElseGet(() -> Seq.tuple(self, Str.EMPTY, Str.EMPTY));
    }

    private static Value partitionFromRight(Str self, Arguments arguments, Runtime runtime) {
        String separator = nonEmpty(arguments, "rpartition");
        return parts(self, separator, new Finder(separator).last(self.value()), runtime)
                .orElseGet(() -> Seq.tuple(Str.EMPTY, Str.EMPTY, self));
    }

    private static String nonEmpty(Arguments arguments, String name) {
        String separator = StringMethods.text(arguments.bind(name, "sep").required("sep"), name);
        if (separator.isEmpty()) {
            throw JinjaException.type(name + "(): the separator is empty");
        }
        return separator;
    }

    private static Optional<Value> parts(Str self, String separator, int at, Runtime runtime) {
        if (at < 0) {
            return Optional.empty();
        }
        return Optional.of(
                Seq.tuple(
                        runtime.made(self.value().substring(0, at)),
                        Str.of(separator),
                        runtime.made(self.value().substring(at + separator.length()))));
    }

    private static Value replace(Str self, Arguments arguments, Runtime runtime) {
        BoundArguments bound = arguments.bind("replace", "old", "new", "count");
        return Replacement.of(
                self.value(),
                StringMethods.text(bound.required("old"), "replace"),
                StringMethods.text(bound.required("new"), "replace"),
                bound.integer("count", -1),
                runtime);
    }

    private static Value join(Str self, Arguments arguments, Runtime runtime) {
        Value items = arguments.bind("join", "iterable").required("iterable");
        if (items instanceof Undefined undefined) {
            throw undefined.failure();
        }
        StringBuilder text = new StringBuilder();
        String separator = "";
        for (Value item : Iteration.list(items, runtime.budget())) {
            String piece = StringMethods.text(item, "join");
            runtime.budget().text((long) separator.length() + piece.length());
            text.append(separator).append(piece);
            separator = self.value();
        }
        return Str.of(text.toString());
    }
}
