package dev.nightjar.server.predict;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.server.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Bodies with a row that a model takes, to begin with. */
public final class SampleRows {

    private SampleRows() {}

    /** By the features' names if they have any, else a bare row in {@code instances}. */
    public static String body(TabularModel model) {
        ValueType[] types = FeatureTypes.of(model);
        return text(
                json -> {
                    json.writeStartObject();
                    json.writeArrayFieldStart(
                            model.featureNames().isEmpty() ? "instances" : "dataframe_records");
                    if (model.featureNames().isEmpty()) {
                        json.writeStartArray();
                        for (ValueType type : types) {
                            writeCell(json, type);
                        }
                        json.writeEndArray();
                    } else {
                        json.writeStartObject();
                        for (int i = 0; i < types.length; i++) {
                            json.writeFieldName(model.featureNames().get(i));
                            writeCell(json, types[i]);
                        }
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    private static String text(JsonText.Content content) {
        return new String(JsonText.of(content), StandardCharsets.UTF_8);
    }

    private static void writeCell(JsonGenerator json, ValueType type) throws IOException {
        switch (type) {
            case TEXT -> json.writeString("");
            case BOOLEAN -> json.writeBoolean(false);
            case INT32, INT64, FLOAT32, FLOAT64 -> json.writeNumber(0);
        }
    }
}
