package dev.nightjar.server.cli.predict;

import dev.nightjar.engine.tabular.FeatureOrder;
import dev.nightjar.engine.tabular.TableBuilder;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.server.json.JsonReader;
import dev.nightjar.server.json.JsonSyntaxException;
import dev.nightjar.server.json.JsonValue;
import dev.nightjar.server.json.JsonValue.JsonArray;
import dev.nightjar.server.json.JsonValue.JsonBoolean;
import dev.nightjar.server.json.JsonValue.JsonDecimal;
import dev.nightjar.server.json.JsonValue.JsonInteger;
import dev.nightjar.server.json.JsonValue.JsonNull;
import dev.nightjar.server.json.JsonValue.JsonObject;
import dev.nightjar.server.json.JsonValue.JsonString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An array of features, or an object of them by name, on each line. */
final class JsonRows implements Rows {
    private final Lines lines;
    private final TabularModel model;

    JsonRows(Lines lines, TabularModel model) {
        this.lines = lines;
        this.model = model;
    }

    @Override
    public boolean read(TableBuilder table) throws IOException {
        Optional<String> line = lines.next();
        if (line.isEmpty()) {
            return false;
        }
        JsonValue value = parse(line.get());
        lines.inLine(
                () -> {
                    switch (value) {
                        case JsonArray array -> row(array.elements(), table);
                        case JsonObject object -> row(inOrder(object), table);
                        default ->
                                throw lines.error(
                                        "expected an array or an object, found " + value.kind());
                    }
                });
        return true;
    }

    private JsonValue parse(String line) {
        try {
            return JsonReader.read(line.getBytes(StandardCharsets.UTF_8));
        } catch (JsonSyntaxException e) {
            throw lines.error(e.getMessage());
        }
    }

    private List<JsonValue> inOrder(JsonObject object) {
        if (model.featureNames().isEmpty()) {
            throw lines.error("expected an array, as this model's features have no names");
        }
        List<String> names = List.copyOf(object.members().keySet());
        List<JsonValue> values = List.copyOf(object.members().values());
        int[] order = FeatureOrder.of(model, names);
        return Arrays.stream(order).mapToObj(values::get).toList();
    }

    private void row(List<JsonValue> cells, TableBuilder table) {
        if (cells.size() != model.numFeatures()) {
            throw lines.error(
                    "expected %d features, found %d".formatted(model.numFeatures(), cells.size()));
        }
        table.addRow();
        for (int i = 0; i < cells.size(); i++) {
            switch (cells.get(i)) {
                case JsonInteger integer -> table.set(i, integer.value());
                case JsonDecimal decimal -> table.set(i, decimal.value().doubleValue());
                case JsonBoolean flag -> table.set(i, flag == JsonBoolean.TRUE ? 1 : 0);
                case JsonString text -> table.setText(i, text.value());
                case JsonNull none -> {
                    // Cells begin as missing.
                }
                case JsonArray array ->
                        throw lines.error("expected a number as feature %d".formatted(i));
                case JsonObject object ->
                        throw lines.error("expected a number as feature %d".formatted(i));
            }
        }
    }
}
