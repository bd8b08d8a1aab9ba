package dev.nightjar.engine.format.sklearn.state;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.pickle.PickleValue.PickleCall;
import dev.nightjar.engine.format.pickle.PickleValue.PickleDict;
import dev.nightjar.engine.format.pickle.PickleValue.PickleInteger;
import dev.nightjar.engine.format.pickle.PickleValue.PickleText;
import dev.nightjar.engine.format.pickle.PickleValue.PickleTuple;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The type of an array's elements: {@code dtype(name, …)} with state {@code (version, byte order,
 * subtype, names, fields, size, …)}.
 *
 * @param kind {@code f i u b U S O V}
 * @param size bytes of an element
 * @param isBig whether bytes are in big-endian order
 * @param fields of a record, by name
 */
public record NumpyType(char kind, int size, boolean isBig, Map<String, FieldPlace> fields) {

    /** A field of a record. */
    public record FieldPlace(NumpyType type, int offset) {}

    /** The type that a value describes. */
    public static NumpyType of(Source file, PickleValue value) {
        return of(file, value, 0);
    }

    private static NumpyType of(Source file, PickleValue value, int depth) {
        if (depth > 2
                || !(value instanceof PickleCall call)
                || !call.function().toString().equals("numpy.dtype")
                || !(call.arguments() instanceof PickleTuple arguments)
                || arguments.elements().isEmpty()
                || !(arguments.elements().getFirst() instanceof PickleText name)
                || !name.value().matches("[fiubUSOV]\\d{1,9}")) {
            throw new ModelFormatException(
                    "%s: expected a type of array elements, found %s"
                            .formatted(file.name(), value.kind()));
        }
        List<PickleValue> state =
                call.state().orElse(value) instanceof PickleTuple tuple
                        ? tuple.elements()
                        : List.of();
        boolean isBig =
                state.size() > 1
                        && state.get(1) instanceof PickleText order
                        && order.value().equals(">");
        Map<String, FieldPlace> fields = new LinkedHashMap<>();
        if (state.size() > 4 && state.get(4) instanceof PickleDict dict) {
            for (PickleDict.Entry entry : dict.entries()) {
                if (entry.key() instanceof PickleText key
                        && entry.value() instanceof PickleTuple place
                        && place.elements().size() >= 2
                        && place.elements().get(1) instanceof PickleInteger offset
                        && offset.value().bitLength() < 31) {
                    NumpyType type = of(file, place.elements().getFirst(), depth + 1);
                    fields.put(key.value(), new FieldPlace(type, offset.value().intValue()));
                }
            }
        }
        char kind = name.value().charAt(0);
        int width = Integer.parseInt(name.value().substring(1)) * (kind == 'U' ? 4 : 1);
        return new NumpyType(kind, width, isBig, fields);
    }
}
