package dev.nightjar.engine.format.torch;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.pickle.PickleValue.PickleCall;
import dev.nightjar.engine.format.pickle.PickleValue.PickleDict;
import dev.nightjar.engine.format.pickle.PickleValue.PickleText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the tensors of a value: of dictionaries in dictionaries, under their keys joined by
 * dots. Values that are no tensors are passed over.
 */
final class TensorTree {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_VALUES = 4_000_000;

    private final String file;
    private final TensorReader reader;
    private final Map<String, LazyTensor> tensors = new LinkedHashMap<>();
    private int numValues;

    private TensorTree(String file, TensorReader reader) {
        this.file = file;
        this.reader = reader;
    }

    /** All tensors by name, in file order. */
    static Map<String, LazyTensor> collect(String file, PickleValue root, TensorReader reader) {
        TensorTree tree = new TensorTree(file, reader);
        tree.walk("", root, 0);
        return tree.tensors;
    }

    private void walk(String name, PickleValue value, int depth) {
        if (++numValues > MAX_VALUES || depth > MAX_DEPTH) {
            throw new ModelFormatException(
                    "%s: expected at most %d values in dictionaries %d deep, found more"
                            .formatted(file, MAX_VALUES, MAX_DEPTH));
        }
        switch (value) {
            case PickleDict dict -> walkAll(name, dict.entries(), depth);
            case PickleCall call when TensorReader.isTensor(call) -> add(name, call);
            case PickleCall call -> walkAll(name, call.entries(), depth);
            default -> {
                // A number, a string or the like beside the tensors.
            }
        }
    }

    private void walkAll(String name, List<PickleDict.Entry> entries, int depth) {
        for (PickleDict.Entry entry : entries) {
            if (entry.key() instanceof PickleText key) {
                String path = name.isEmpty() ? key.value() : name + "." + key.value();
                walk(path, entry.value(), depth + 1);
            }
        }
    }

    private void add(String name, PickleCall call) {
        if (tensors.put(name, reader.tensor(name, call)) != null) {
            throw new ModelFormatException(
                    "%s: tensor %s: expected each name once, found it again".formatted(file, name));
        }
    }
}
