package dev.nightjar.engine.format.sklearn.joblib;

import dev.nightjar.engine.format.pickle.PickleGlobals;
import dev.nightjar.engine.format.pickle.PickleHook;
import dev.nightjar.engine.format.pickle.PickleInput;
import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.pickle.PickleValue.PickleBytes;
import dev.nightjar.engine.format.pickle.PickleValue.PickleCall;
import dev.nightjar.engine.format.pickle.PickleValue.PickleDict;
import dev.nightjar.engine.format.pickle.PickleValue.PickleInteger;
import dev.nightjar.engine.format.pickle.PickleValue.PickleNone;
import dev.nightjar.engine.format.pickle.PickleValue.PickleSymbol;
import dev.nightjar.engine.format.pickle.PickleValue.PickleText;
import dev.nightjar.engine.format.pickle.PickleValue.PickleTuple;
import java.util.List;

/**
 * Arrays of joblib. Behind the state of a {@code NumpyArrayWrapper} {shape, order, dtype,
 * numpy_array_alignment_bytes} follow
 *
 * <ul>
 *   <li>of an array of objects: a pickle of its own;
 *   <li>of any other, if the wrapper knows of an alignment (1.2 and later): a byte that says how
 *       many bytes of padding follow, and those;
 *   <li>then its elements, in rows or, with order F, in columns.
 * </ul>
 *
 * It becomes what numpy's own pickles call {@code _frombuffer(bytes, dtype, shape, order)}.
 */
record ArrayBytes(PickleGlobals globals) implements PickleHook {
    private static final String WRAPPER = "joblib.numpy_pickle.NumpyArrayWrapper";
    private static final PickleSymbol FROM_BUFFER =
            new PickleSymbol("numpy.core.numeric", "_frombuffer");
    private static final int MAX_DEPTH = 2;

    @Override
    public PickleValue built(PickleCall made, PickleInput input) {
        String name = made.function().toString();
        // Some versions of scikit-learn brought joblib along.
        if (!name.equals(WRAPPER) && !name.equals("sklearn.externals." + WRAPPER)) {
            return made;
        }
        if (!(value(made, "shape", input) instanceof PickleTuple shape)
                || !(value(made, "dtype", input) instanceof PickleCall type)) {
            throw input.error("expected the shape and type of an array, found others");
        }
        int width = elementBytes(type, input);
        if (width < 0) {
            return input.nested(globals, this, MAX_DEPTH);
        }
        if (value(made, "numpy_array_alignment_bytes", input) != PickleNone.NONE) {
            input.bytes(input.uint8());
        }
        PickleBytes bytes = new PickleBytes(input.bytes(size(shape, width, input)));
        PickleValue order = value(made, "order", input);
        return PickleCall.of(FROM_BUFFER, new PickleTuple(List.of(bytes, type, shape, order)));
    }

    private static PickleValue value(PickleCall made, String name, PickleInput input) {
        if (!(made.state().orElse(PickleNone.NONE) instanceof PickleDict dict)) {
            throw input.error("expected the state of an array, found none");
        }
        for (PickleDict.Entry entry : dict.entries()) {
            if (entry.key() instanceof PickleText key && key.value().equals(name)) {
                return entry.value();
            }
        }
        return PickleNone.NONE;
    }

    /** Bytes of an element; −1 if elements are objects. */
    private static int elementBytes(PickleCall type, PickleInput input) {
        if (!(type.arguments() instanceof PickleTuple arguments)
                || arguments.elements().isEmpty()
                || !(arguments.elements().getFirst() instanceof PickleText name)
                || !name.value().matches("[fiubUSOV]\\d{1,9}")) {
            throw input.error("expected the type of an array's elements, found another");
        }
        char kind = name.value().charAt(0);
        int number = Integer.parseInt(name.value().substring(1));
        return switch (kind) {
            case 'O' -> -1;
            case 'U' -> Math.multiplyExact(4, Math.min(number, 1 << 28));
            default -> number;
        };
    }

    private static long size(PickleTuple shape, int width, PickleInput input) {
        long size = width;
        for (PickleValue dimension : shape.elements()) {
            if (!(dimension instanceof PickleInteger count)
                    || count.value().signum() < 0
                    || count.value().bitLength() > 31) {
                throw input.error("expected sizes of an array, found others");
            }
            size = Math.min(size * count.value().intValue(), Integer.MAX_VALUE);
        }
        return size;
    }
}
