package dev.nightjar.server.dialect.oip;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.tabular.Field;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.server.api.AnswerSpec;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.catalog.ServedModel;
import java.io.IOException;
import java.util.List;

/** What a model takes and gives, as the protocol describes it. */
final class MetadataJson {

    private static final String TENSORS =
            """
            {"type":"array","items":{"type":"object","required":["name","datatype","shape"]}}""";

    static final AnswerSpec ANSWER =
            AnswerSpec.json(
                    FieldSchema.of(
                            """
                            {"type":"object","required":["name","versions","platform","inputs",\
                            "outputs"],"properties":{"name":{"type":"string"},\
                            "versions":{"type":"array","items":{"type":"string"}},\
                            "platform":{"type":"string"},"inputs":%s,"outputs":%s}}"""
                                    .formatted(TENSORS, TENSORS)));

    private MetadataJson() {}

    static void write(JsonGenerator json, ServedModel served, TabularModel model)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", served.id());
        json.writeArrayFieldStart("versions");
        for (String version : ModelVersions.all(served)) {
            json.writeString(version);
        }
        json.writeEndArray();
        json.writeStringField("platform", "nightjar");
        json.writeFieldName("inputs");
        write(json, model.schema().inputs(), "input", model.featureNames());
        json.writeFieldName("outputs");
        write(json, model.schema().outputs(), "predict", List.of());
        json.writeEndObject();
    }

    private static void write(
            JsonGenerator json, List<Field> fields, String name, List<String> featureNames)
            throws IOException {
        json.writeStartArray();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            String usual = fields.size() == 1 ? name : name + "-" + i;
            json.writeStartObject();
            json.writeStringField("name", field.name().orElse(usual));
            json.writeStringField("datatype", TensorType.of(field.type()).name());
            json.writeArrayFieldStart("shape");
            for (long size : field.shape().orElse(List.of(-1L))) {
                json.writeNumber(size);
            }
            json.writeEndArray();
            if (field.isTensor() && !featureNames.isEmpty()) {
                writeNames(json, featureNames);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** A tensor of all features does not say what they are. */
    private static void writeNames(JsonGenerator json, List<String> names) throws IOException {
        json.writeObjectFieldStart("parameters");
        json.writeArrayFieldStart("feature_names");
        for (String name : names) {
            json.writeString(name);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
