package dev.nightjar.engine.format.sklearn.state;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.pickle.PickleValue.PickleBoolean;
import dev.nightjar.engine.format.pickle.PickleValue.PickleCall;
import dev.nightjar.engine.format.pickle.PickleValue.PickleDict;
import dev.nightjar.engine.format.pickle.PickleValue.PickleFloat;
import dev.nightjar.engine.format.pickle.PickleValue.PickleInteger;
import dev.nightjar.engine.format.pickle.PickleValue.PickleList;
import dev.nightjar.engine.format.pickle.PickleValue.PickleNone;
import dev.nightjar.engine.format.pickle.PickleValue.PickleSymbol;
import dev.nightjar.engine.format.pickle.PickleValue.PickleText;
import dev.nightjar.engine.format.pickle.PickleValue.PickleTuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object of a pickle: the name of its class, and its attributes. */
public final class PickledObject {
    private static final int ENTRY_BYTES = 64;

    private final Source source;
    private final String module;
    private final String className;
    private final Map<String, PickleValue> attributes;
    private final List<PickleValue> arguments;

    private PickledObject(
            Source source,
            String module,
            String className,
            Map<String, PickleValue> attributes,
            List<PickleValue> arguments) {
        this.source = source;
        this.module = module;
        this.className = className;
        this.attributes = attributes;
        this.arguments = arguments;
    }

    /** Takes a value for an object. */
    public static PickledObject of(Source source, PickleValue value) {
        source.chargeObject();
        if (!(value instanceof PickleCall call)
                || !(call.arguments() instanceof PickleTuple arguments)) {
            throw new ModelFormatException(
                    "%s: expected an estimator, found %s".formatted(source.name(), value.kind()));
        }
        PickleValue made = call.function();
        List<PickleValue> elements = arguments.elements();
        if (made.toString().endsWith("._reconstructor") && !elements.isEmpty()) {
            made = elements.getFirst();
        }
        if (!(made instanceof PickleSymbol symbol)) {
            throw new ModelFormatException(
                    "%s: expected an object of a class, found %s"
                            .formatted(source.name(), made.kind()));
        }
        Map<String, PickleValue> attributes = new HashMap<>();
        PickleValue state = call.state().orElse(PickleNone.NONE);
        if (state instanceof PickleDict dict) {
            source.charge(ENTRY_BYTES * (long) dict.entries().size());
            for (PickleDict.Entry entry : dict.entries()) {
                if (entry.key() instanceof PickleText key) {
                    attributes.put(key.value(), entry.value());
                }
            }
        }
        return new PickledObject(source, symbol.module(), symbol.name(), attributes, elements);
    }

    /** The name of the file, for errors. */
    public String file() {
        return source.name();
    }

    /** Takes memory from the file's budget. */
    public void charge(long numBytes) {
        source.charge(numBytes);
    }

    /** Takes a value for another object of this file. */
    public PickledObject objectOf(PickleValue value) {
        return of(source, value);
    }

    /** Takes a value for an array of this file. */
    public NumpyArray arrayOf(PickleValue value) {
        return NumpyArray.of(source, value);
    }

    /** The class with its module. */
    public String qualifiedName() {
        return module + "." + className;
    }

    /** The class without its module. */
    public String className() {
        return className;
    }

    /** What it was made with. */
    public List<PickleValue> arguments() {
        return arguments;
    }

    /** An attribute that is there and not None. */
    public Optional<PickleValue> optional(String name) {
        return Optional.ofNullable(attributes.get(name)).filter(value -> value != PickleNone.NONE);
    }

    /** An attribute that must be there. */
    public PickleValue value(String name) {
        return optional(name).orElseThrow(() -> error(name, "expected this attribute, found none"));
    }

    /** An attribute as an object. */
    public PickledObject object(String name) {
        return of(source, value(name));
    }

    /** An attribute as an array. */
    public NumpyArray array(String name) {
        return NumpyArray.of(source, value(name));
    }

    /** An attribute as an array, if it is there and not None. */
    public Optional<NumpyArray> optionalArray(String name) {
        return optional(name).map(value -> NumpyArray.of(source, value));
    }

    /** A number, also one of numpy's. */
    public double number(String name) {
        return number(name, value(name));
    }

    /** A number that stands somewhere in an attribute. */
    public double number(String name, PickleValue value) {
        return switch (value) {
            case PickleFloat number -> number.value();
            case PickleInteger integer -> integer.value().doubleValue();
            case PickleBoolean flag -> flag == PickleBoolean.TRUE ? 1 : 0;
            case PickleCall call -> {
                NumpyArray scalar = NumpyArray.of(source, call);
                if (scalar.size() != 1) {
                    throw error(name, "expected a number, found an array");
                }
                yield scalar.numbers()[0];
            }
            default -> throw error(name, "expected a number, found " + value.kind());
        };
    }

    /** Whether an attribute is set; a given answer where it is not there. */
    public boolean flag(String name, boolean otherwise) {
        return optional(name).map(value -> number(name, value) != 0).orElse(otherwise);
    }

    /** An attribute that is text, if it is. */
    public Optional<String> optionalText(String name) {
        return optional(name)
                .filter(value -> value instanceof PickleText)
                .map(value -> ((PickleText) value).value());
    }

    /** The elements of a list, a tuple or an array of objects. */
    public List<PickleValue> list(String name) {
        return elements(name, value(name));
    }

    /** The elements of a list, a tuple or an array of objects. */
    public List<PickleValue> elements(String name, PickleValue value) {
        return switch (value) {
            case PickleList list -> list.elements();
            case PickleTuple tuple -> tuple.elements();
            case PickleCall call -> NumpyArray.of(source, call).objects();
            default -> throw error(name, "expected a list, found " + value.kind());
        };
    }

    /** An array of a known size, which may be sparse. */
    public double[] numbers(String name, int size) {
        double[] numbers =
                SparseRows.of(source, value(name))
                        .map(sparse -> sparse.dense(source))
                        .orElseGet(() -> array(name).numbers());
        if (numbers.length != size) {
            throw error(name, "expected %d numbers, found %d".formatted(size, numbers.length));
        }
        return numbers;
    }

    /** An array of rows of a known width, row by row, which may be sparse. */
    public double[] rows(String name, int width) {
        Optional<SparseRows> sparse = SparseRows.of(source, value(name));
        if (sparse.isPresent()) {
            double[] dense = sparse.get().dense(source);
            if (sparse.get().numColumns() != width || dense.length == 0) {
                throw error(name, "expected rows of %d numbers, found others".formatted(width));
            }
            return dense;
        }
        NumpyArray array = array(name);
        if (array.numDimensions() != 2 || array.dimension(1) != width || array.size() == 0) {
            throw error(name, "expected rows of %d numbers, found others".formatted(width));
        }
        return array.numbers();
    }

    /** A whole number within bounds. */
    public int integer(String name, int low, int high) {
        double number = number(name);
        if (!(number >= low && number <= high) || number != Math.rint(number)) {
            throw error(name, "expected %d to %d, found %s".formatted(low, high, number));
        }
        return (int) number;
    }

    /** An attribute that must be text. */
    public String text(String name) {
        return optionalText(name).orElseThrow(() -> error(name, "expected a string, found none"));
    }

    /** An attribute that has one of some values, the only ones that are supported. */
    public String oneOf(String name, String... supported) {
        PickleValue value = optional(name).orElse(PickleNone.NONE);
        String found = value instanceof PickleText text ? text.value() : value.kind();
        if (!List.of(supported).contains(found)) {
            throw error(
                    name,
                    "expected %s, found %s, which is not supported"
                            .formatted(String.join(" or ", supported), found));
        }
        return found;
    }

    /** The text of a name, or of a name in a list; an error for anything else. */
    public String textOf(String name, PickleValue value) {
        if (value instanceof PickleText text) {
            return text.value();
        }
        throw error(name, "expected a string, found " + value.kind());
    }

    /** Pairs, triples and so on in a list, each of at least so many elements. */
    public List<List<PickleValue>> tuples(String name, int least) {
        List<List<PickleValue>> all = new ArrayList<>();
        for (PickleValue value : list(name)) {
            List<PickleValue> elements = elements(name, value);
            if (elements.size() < least) {
                throw error(name, "expected tuples of %d, found others".formatted(least));
            }
            all.add(elements);
        }
        return all;
    }

    /** The value under a key of a dictionary, if it is there and not None. */
    public Optional<PickleValue> entry(String name, String key) {
        if (!(optional(name).orElse(PickleNone.NONE) instanceof PickleDict dict)) {
            return Optional.empty();
        }
        return dict.entries().stream()
                .filter(entry -> entry.key() instanceof PickleText text && text.value().equals(key))
                .map(PickleDict.Entry::value)
                .reduce((first, second) -> second)
                .filter(value -> value != PickleNone.NONE);
    }

    /** Whole numbers within bounds. */
    public int[] integers(String name, PickleValue value, int low, int high) {
        double[] numbers =
                value instanceof PickleCall
                        ? arrayOf(value).numbers()
                        : elements(name, value).stream()
                                .mapToDouble(element -> number(name, element))
                                .toArray();
        int[] integers = new int[numbers.length];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = (int) numbers[i];
            if (integers[i] != numbers[i] || integers[i] < low || integers[i] > high) {
                throw error(name, "expected %d to %d, found %s".formatted(low, high, numbers[i]));
            }
        }
        return integers;
    }

    /** An error that names this class and an attribute. */
    public ModelFormatException error(String name, String problem) {
        return new ModelFormatException(
                "%s: %s.%s: %s".formatted(source.name(), className, name, problem));
    }
}
