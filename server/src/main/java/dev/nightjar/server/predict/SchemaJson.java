package dev.nightjar.server.predict;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.tabular.Field;
import java.io.IOException;
import java.util.List;

/** Writes what a model takes or gives as MLflow's signatures do. */
public final class SchemaJson {

    private SchemaJson() {}

    /** Writes an array of tensors or columns. */
    public static void write(JsonGenerator json, List<Field> fields) throws IOException {
        json.writeStartArray();
        for (Field field : fields) {
            json.writeStartObject();
            if (field.shape().isPresent()) {
                writeTensor(json, field, field.shape().get());
            } else {
                json.writeStringField("type", field.type().columnName());
            }
            if (field.name().isPresent()) {
                json.writeStringField("name", field.name().get());
            }
            if (!field.isTensor()) {
                json.writeBooleanField("required", field.isRequired());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeTensor(JsonGenerator json, Field field, List<Long> shape)
            throws IOException {
        json.writeObjectFieldStart("tensor-spec");
        json.writeStringField("dtype", field.type().tensorName());
        json.writeArrayFieldStart("shape");
        for (long size : shape) {
            json.writeNumber(size);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeStringField("type", "tensor");
    }
}
