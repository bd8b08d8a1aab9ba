package dev.nightjar.server.dialect.oip;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.ValueType;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.predict.PredictionJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an inference gives.
 *
 * @param model its name
 * @param version its number
 * @param id of the request, if the client gave one
 * @param results in the order they were asked for
 */
record InferAnswer(String model, String version, Optional<String> id, List<Result> results) {

    /** One tensor. */
    record Result(Output output, Predictions predictions) {}

    /** The JSON, and the bytes that follow it. */
    record Body(byte[] json, byte[] bytes) {}

    Body body() {
        List<byte[]> tails = new ArrayList<>();
        byte[] json =
                JsonText.of(
                        out -> {
                            out.writeStartObject();
                            out.writeStringField("model_name", model);
                            out.writeStringField("model_version", version);
                            if (id.isPresent()) {
                                out.writeStringField("id", id.get());
                            }
                            out.writeArrayFieldStart("outputs");
                            for (Result result : results) {
                                write(out, result, tails);
                            }
                            out.writeEndArray();
                            out.writeEndObject();
                        });
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        tails.forEach(bytes::writeBytes);
        return new Body(json, bytes.toByteArray());
    }

    private static void write(JsonGenerator json, Result result, List<byte[]> tails)
            throws IOException {
        Predictions predictions = result.predictions();
        json.writeStartObject();
        json.writeStringField("name", result.output().name());
        json.writeStringField("datatype", TensorType.of(predictions.type()).name());
        json.writeArrayFieldStart("shape");
        json.writeNumber(predictions.numRows());
        if (predictions.width() > 1) {
            json.writeNumber(predictions.width());
        }
        json.writeEndArray();
        if (result.output().isBinary()) {
            byte[] bytes = bytes(predictions);
            tails.add(bytes);
            json.writeObjectFieldStart("parameters");
            json.writeNumberField("binary_data_size", bytes.length);
            json.writeEndObject();
        } else {
            json.writeArrayFieldStart("data");
            for (double value : predictions.values()) {
                PredictionJson.writeNumber(json, predictions.type(), value);
            }
            for (String text : predictions.texts()) {
                json.writeString(text);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static byte[] bytes(Predictions predictions) {
        if (predictions.type() == ValueType.TEXT) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (String text : predictions.texts()) {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
                all.writeBytes(length.putInt(utf8.length).array());
                all.writeBytes(utf8);
            }
            return all.toByteArray();
        }
        TensorType type = TensorType.of(predictions.type());
        int size = Math.multiplyExact(predictions.values().length, type.bytes());
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : predictions.values()) {
            switch (predictions.type()) {
                case FLOAT64, TEXT -> bytes.putDouble(value);
                case FLOAT32 -> bytes.putFloat((float) value);
                case INT64 -> bytes.putLong((long) value);
                case INT32 -> bytes.putInt((int) value);
                case BOOLEAN -> bytes.put((byte) (value != 0 ? 1 : 0));
            }
        }
        return bytes.array();
    }
}
