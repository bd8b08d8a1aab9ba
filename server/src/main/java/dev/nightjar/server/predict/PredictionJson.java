package dev.nightjar.server.predict;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.tabular.Field;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.server.api.FieldSchema;
import java.io.IOException;
import java.util.List;

/** Writes predictions, with what the model says of its inputs and outputs. */
public final class PredictionJson {

    /** What an answer holds. */
    public static final FieldSchema SCHEMA =
            FieldSchema.of(
                    """
                    {"type":"object","required":["data","meta"],"properties":\
                    {"data":{"type":"array"},"meta":{"type":"object",\
                    "required":["input_schema","output_schema"],"properties":\
                    {"input_schema":{"type":"array","items":{"type":"object"}},\
                    "output_schema":{"type":"array","items":{"type":"object"}}}}}}""");

    private PredictionJson() {}

    /** Writes {@code {"data", "meta"}}. */
    public static void write(
            JsonGenerator json, TabularModel model, PredictionKind kind, Predictions predictions)
            throws IOException {
        json.writeStartObject();
        json.writeFieldName("data");
        writeData(json, predictions);
        json.writeObjectFieldStart("meta");
        json.writeFieldName("input_schema");
        SchemaJson.write(json, model.schema().inputs());
        json.writeFieldName("output_schema");
        SchemaJson.write(json, outputs(model, kind, predictions));
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Only of the usual answer does the model's file speak. */
    private static List<Field> outputs(
            TabularModel model, PredictionKind kind, Predictions predictions) {
        if (kind == PredictionKind.VALUE) {
            return model.schema().outputs();
        }
        return List.of(
                predictions.width() == 1
                        ? Field.tensor(predictions.type(), -1)
                        : Field.tensor(predictions.type(), -1, predictions.width()));
    }

    /** A value for each row, or an array of them. */
    private static void writeData(JsonGenerator json, Predictions predictions) throws IOException {
        json.writeStartArray();
        for (int r = 0; r < predictions.numRows(); r++) {
            if (predictions.type() == ValueType.TEXT) {
                json.writeString(predictions.texts().get(r));
                continue;
            }
            if (predictions.width() > 1) {
                json.writeStartArray();
            }
            for (int c = 0; c < predictions.width(); c++) {
                writeNumber(json, predictions.type(), predictions.value(r, c));
            }
            if (predictions.width() > 1) {
                json.writeEndArray();
            }
        }
        json.writeEndArray();
    }

    /** The shortest text of a value in its type; what JSON has no number for is null. */
    public static void writeNumber(JsonGenerator json, ValueType type, double value)
            throws IOException {
        if (!Double.isFinite(value)) {
            json.writeNull();
            return;
        }
        switch (type) {
            case INT32, INT64 -> json.writeNumber((long) value);
            case BOOLEAN -> json.writeBoolean(value != 0);
            case FLOAT32 -> json.writeNumber((float) value);
            case FLOAT64, TEXT -> json.writeNumber(value);
        }
    }
}
