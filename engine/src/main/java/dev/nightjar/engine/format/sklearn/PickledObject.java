package dev.nightjar.engine.format.sklearn;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object of a pickle: the name of its class, and its attributes. */
final class PickledObject {
    private final String file;
    private final String className;
    private final Map<String, PickleValue> attributes;
    private final List<PickleValue> arguments;

    private PickledObject(
            String file,
            String className,
            Map<String, PickleValue> attributes,
            List<PickleValue> arguments) {
        this.file = file;
        this.className = className;
        this.attributes = attributes;
        this.arguments = arguments;
    }

    /** Takes a value for an object. */
    static PickledObject of(String file, PickleValue value) {
        if (!(value instanceof PickleCall call)
                || !(call.arguments() instanceof PickleTuple arguments)) {
            throw new ModelFormatException(
                    "%s: expected an estimator, found %s".formatted(file, value.kind()));
        }
        PickleValue made = call.function();
        List<PickleValue> elements = arguments.elements();
        if (made.toString().endsWith("._reconstructor") && !elements.isEmpty()) {
            made = elements.getFirst();
        }
        if (!(made instanceof PickleSymbol symbol)) {
            throw new ModelFormatException(
                    "%s: expected an object of a class, found %s".formatted(file, made.kind()));
        }
        Map<String, PickleValue> attributes = new HashMap<>();
        PickleValue state = call.state().orElse(PickleNone.NONE);
        if (state instanceof PickleDict dict) {
            for (PickleDict.Entry entry : dict.entries()) {
                if (entry.key() instanceof PickleText key) {
                    attributes.put(key.value(), entry.value());
                }
            }
        }
        return new PickledObject(file, symbol.name(), attributes, elements);
    }

    String file() {
        return file;
    }

    /** The class without its module. */
    String className() {
        return className;
    }

    /** What it was made with. */
    List<PickleValue> arguments() {
        return arguments;
    }

    /** An attribute that is there and not None. */
    Optional<PickleValue> optional(String name) {
        return Optional.ofNullable(attributes.get(name)).filter(value -> value != PickleNone.NONE);
    }

    PickleValue value(String name) {
        return optional(name).orElseThrow(() -> error(name, "expected this attribute, found none"));
    }

    PickledObject object(String name) {
        return of(file, value(name));
    }

    NumpyArray array(String name) {
        return NumpyArray.of(file, value(name));
    }

    Optional<NumpyArray> optionalArray(String name) {
        return optional(name).map(value -> NumpyArray.of(file, value));
    }

    /** A number, also one of numpy's. */
    double number(String name) {
        return number(name, value(name));
    }

    private double number(String name, PickleValue value) {
        return switch (value) {
            case PickleFloat number -> number.value();
            case PickleInteger integer -> integer.value().doubleValue();
            case PickleBoolean flag -> flag == PickleBoolean.TRUE ? 1 : 0;
            case PickleCall call -> {
                NumpyArray scalar = NumpyArray.of(file, call);
                if (scalar.size() != 1) {
                    throw error(name, "expected a number, found an array");
                }
                yield scalar.numbers()[0];
            }
            default -> throw error(name, "expected a number, found " + value.kind());
        };
    }

    boolean flag(String name, boolean otherwise) {
        return optional(name).map(value -> number(name, value) != 0).orElse(otherwise);
    }

    Optional<String> optionalText(String name) {
        return optional(name)
                .filter(value -> value instanceof PickleText)
                .map(value -> ((PickleText) value).value());
    }

    /** The elements of a list, a tuple or an array of objects. */
    List<PickleValue> list(String name) {
        return elements(name, value(name));
    }

    List<PickleValue> elements(String name, PickleValue value) {
        return switch (value) {
            case PickleList list -> list.elements();
            case PickleTuple tuple -> tuple.elements();
            case PickleCall call -> NumpyArray.of(file, call).objects();
            default -> throw error(name, "expected a list, found " + value.kind());
        };
    }

    ModelFormatException error(String name, String problem) {
        return new ModelFormatException("%s: %s.%s: %s".formatted(file, className, name, problem));
    }
}
