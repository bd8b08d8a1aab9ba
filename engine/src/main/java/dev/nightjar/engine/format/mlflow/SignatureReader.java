package dev.nightjar.engine.format.mlflow;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.json.JsonReader;
import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.format.json.JsonValue.JsonArray;
import dev.nightjar.engine.format.json.JsonValue.JsonObject;
import dev.nightjar.engine.tabular.Field;
import dev.nightjar.engine.tabular.TabularSchema;
import dev.nightjar.engine.tabular.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a signature: lists of columns or tensors, as JSON in strings.
 *
 * <pre>
 * inputs: '[{"type": "double", "name": "age", "required": true}, …]'
 * inputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1, 10]}}]'
 * </pre>
 */
final class SignatureReader {
    private static final int MAX_RANK = 16;

    private final JsonFields signature;

    private SignatureReader(JsonFields signature) {
        this.signature = signature;
    }

    /** The signature in a description, or empty. */
    static Optional<TabularSchema> read(JsonFields description) {
        return description
                .optionalFields("signature")
                .flatMap(fields -> new SignatureReader(fields).schema());
    }

    private Optional<TabularSchema> schema() {
        Optional<List<Field>> inputs = fields("inputs");
        signature
                .optionalText("params")
                .filter(text -> !text.equals("[]"))
                .ifPresent(
                        text -> {
                            throw signature.error(
                                    "params",
                                    "expected none, found some, which classical models do not"
                                            + " take: "
                                            + text);
                        });
        return inputs.map(fields -> new TabularSchema(fields, fields("outputs").orElse(List.of())));
    }

    private Optional<List<Field>> fields(String key) {
        return signature.optionalText(key).map(text -> fields(key, text));
    }

    private List<Field> fields(String key, String text) {
        JsonValue list = list(key, text);
        if (!(list instanceof JsonArray(List<JsonValue> elements)) || elements.isEmpty()) {
            throw signature.error(
                    key, "expected a list of columns or tensors, found " + list.kind());
        }
        List<Field> fields = new ArrayList<>();
        for (JsonValue element : elements) {
            if (!(element instanceof JsonObject object)) {
                throw signature.error(key, "expected objects, found " + element.kind());
            }
            String name = "%s: signature.%s[%d]".formatted(signature.file(), key, fields.size());
            fields.add(field(JsonFields.of(name, object)));
        }
        requireUniform(key, fields);
        return fields;
    }

    private JsonValue list(String key, String text) {
        try {
            String wrapped = "{\"list\": %s}".formatted(text);
            return JsonReader.readObject(
                            wrapped.getBytes(StandardCharsets.UTF_8), signature.file(), 0)
                    .members()
                    .get("list");
        } catch (ModelFormatException e) {
            throw signature.error(key, "expected JSON: " + e.getMessage());
        }
    }

    private void requireUniform(String key, List<Field> fields) {
        Field first = fields.getFirst();
        for (Field field : fields) {
            if (field.isTensor() != first.isTensor()
                    || field.name().isPresent() != first.name().isPresent()) {
                throw signature.error(
                        key, "expected all columns or all tensors, all named or none, found both");
            }
        }
    }

    private static Field field(JsonFields fields) {
        String type = fields.text("type");
        Optional<String> name = fields.optionalText("name");
        boolean isRequired =
                fields.optionalBoolean("required")
                        .or(() -> fields.optionalBoolean("optional").map(value -> !value))
                        .orElse(true);
        if (!type.equals("tensor")) {
            return new Field(name, type(fields, "type", type), Optional.empty(), isRequired);
        }
        JsonFields spec =
                fields.optionalFields("tensor-spec")
                        .orElseThrow(() -> fields.error("tensor-spec", "expected one, found none"));
        List<Long> shape = spec.integers("shape");
        if (shape.size() > MAX_RANK || shape.stream().anyMatch(size -> size < -1)) {
            throw spec.error("shape", "expected few sizes of at least -1, found " + shape);
        }
        return new Field(
                name, type(spec, "dtype", spec.text("dtype")), Optional.of(shape), isRequired);
    }

    private static ValueType type(JsonFields fields, String key, String name) {
        return ValueType.named(name)
                .orElseThrow(
                        () ->
                                fields.error(
                                        key,
                                        ("expected double, float, long, integer, boolean or string,"
                                                        + " or their names in tensors, found %s,"
                                                        + " which is not supported")
                                                .formatted(name)));
    }
}
