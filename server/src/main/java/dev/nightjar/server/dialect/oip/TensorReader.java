package dev.nightjar.server.dialect.oip;

import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.json.JsonValue;
import dev.nightjar.server.json.JsonValue.JsonArray;
import dev.nightjar.server.json.JsonValue.JsonBoolean;
import dev.nightjar.server.json.JsonValue.JsonDecimal;
import dev.nightjar.server.json.JsonValue.JsonInteger;
import dev.nightjar.server.json.JsonValue.JsonNull;
import dev.nightjar.server.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the tensors of a request: elements as JSON, flat or nested, or as bytes behind it. */
final class TensorReader {

    private static final int MAX_DIMENSIONS = 8;
    private static final Set<String> MEMBERS =
            Set.of("name", "shape", "datatype", "data", "parameters");
    private static final String SIZE = "binary_data_size";

    private final TensorBytes bytes;

    /** Takes elements that are bytes from here, in the order of the tensors. */
    TensorReader(TensorBytes bytes) {
        this.bytes = bytes;
    }

    Tensor read(RequestField field) {
        RequestObject tensor = field.object();
        tensor.ignoreAllBut(MEMBERS);
        String name = tensor.required("name").string();
        TensorType type = TensorType.valueOf(tensor.required("datatype").word(TensorType.words()));
        long[] shape = shape(tensor.required("shape"));
        Optional<RequestObject> parameters = tensor.field("parameters").map(RequestField::object);
        parameters.ifPresent(all -> all.ignoreAllBut(Set.of(SIZE)));
        Optional<RequestField> size = parameters.flatMap(all -> all.field(SIZE));
        if (size.isPresent() == tensor.field("data").isPresent()) {
            throw field.refused(
                    "%s must have either data or parameters.%s, found %s"
                            .formatted(field.path(), SIZE, size.isPresent() ? "both" : "neither"));
        }
        Tensor read =
                size.isPresent()
                        ? bytes.next(field.path(), name, type, shape, size.get())
                        : ofJson(field.path(), name, type, shape, tensor.required("data"));
        requireCount(read, tensor);
        return read;
    }

    private static long[] shape(RequestField field) {
        List<RequestField> sizes = field.elements();
        if (sizes.isEmpty() || sizes.size() > MAX_DIMENSIONS) {
            return field.expected("an array of 1 to %d sizes".formatted(MAX_DIMENSIONS));
        }
        return sizes.stream().mapToLong(size -> size.integer(0, Integer.MAX_VALUE)).toArray();
    }

    private static void requireCount(Tensor tensor, RequestObject object) {
        long found =
                tensor.type() == TensorType.BYTES ? tensor.texts().length : tensor.numbers().length;
        long expected = 1;
        for (long size : tensor.shape()) {
            // Stays below 2^62: what is larger than any body is cut off.
            expected = Math.min(expected * size, Integer.MAX_VALUE);
        }
        if (expected != found) {
            throw object.required("shape")
                    .refused(
                            "%s.shape %s means %d elements, found %d"
                                    .formatted(
                                            tensor.path(),
                                            Arrays.toString(tensor.shape()),
                                            expected,
                                            found));
        }
    }

    private static Tensor ofJson(
            String path, String name, TensorType type, long[] shape, RequestField data) {
        List<JsonValue> flat = new ArrayList<>();
        flatten(data.value(), flat);
        boolean isText = type == TensorType.BYTES;
        double[] numbers = new double[isText ? 0 : flat.size()];
        String[] texts = new String[isText ? flat.size() : 0];
        for (int i = 0; i < flat.size(); i++) {
            if (isText) {
                texts[i] = text(flat.get(i), data.path(), i);
            } else {
                numbers[i] = number(type, flat.get(i), data.path(), i);
            }
        }
        return new Tensor(path, name, type, shape, numbers, texts);
    }

    private static void flatten(JsonValue value, List<JsonValue> flat) {
        if (value instanceof JsonArray array) {
            array.elements().forEach(element -> flatten(element, flat));
        } else {
            flat.add(value);
        }
    }

    private static String text(JsonValue value, String path, int index) {
        return switch (value) {
            case JsonString text -> text.value();
            case JsonNull none -> null;
            default -> throw wrong(TensorType.BYTES, value, path, index);
        };
    }

    private static double number(TensorType type, JsonValue value, String path, int index) {
        double number =
                switch (value) {
                    case JsonInteger integer when type != TensorType.BOOL -> integer.value();
                    case JsonDecimal decimal when type != TensorType.BOOL ->
                            decimal.value().doubleValue();
                    case JsonBoolean bool when type == TensorType.BOOL ->
                            bool == JsonBoolean.TRUE ? 1 : 0;
                    case JsonNull none when type.isFloat() -> Double.NaN;
                    default -> throw wrong(type, value, path, index);
                };
        boolean isOutside =
                type.isInteger()
                        && (number != Math.rint(number)
                                || number < type.least()
                                || number > type.most());
        if (isOutside) {
            throw wrong(type, value, path, index);
        }
        return type == TensorType.FP32 ? (float) number : number;
    }

    private static RuntimeException wrong(
            TensorType type, JsonValue value, String path, int index) {
        String found =
                switch (value) {
                    case JsonInteger integer -> Long.toString(integer.value());
                    case JsonDecimal decimal -> decimal.value().toString();
                    default -> value.kind();
                };
        return ApiError.invalidRequest(
                        "%s: element %d must be a value of %s, found %s"
                                .formatted(path, index, type, found))
                .withParam(path)
                .asException();
    }
}
