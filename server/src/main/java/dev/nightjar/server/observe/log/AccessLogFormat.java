package dev.nightjar.server.observe.log;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.server.json.JsonText;
import dev.nightjar.server.observe.request.FinishedRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the lines of the access log look like. */
public enum AccessLogFormat {
    /** None are written. */
    OFF {
        @Override
        byte[] line(FinishedRequest request) {
            return new byte[0];
        }
    },
    /** A line for people. */
    TEXT {
        @Override
        byte[] line(FinishedRequest request) {
            return "%s %s %s %s %d %d ms %s%n"
                    .formatted(
                            time(request),
                            request.remote(),
                            request.method(),
                            request.path(),
                            request.status(),
                            request.nanos() / NANOS_PER_MILLI,
                            request.id())
                    .getBytes(StandardCharsets.UTF_8);
        }
    },
    /** A JSON object on one line. */
    JSON {
        @Override
        byte[] line(FinishedRequest request) {
            byte[] object = JsonText.of(json -> write(json, request));
            ByteArrayOutputStream line = new ByteArrayOutputStream(object.length + 1);
            line.writeBytes(object);
            line.write('\n');
            return line.toByteArray();
        }
    };

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final double MICROS_PER_MILLI = 1e3;

    /** The line of a request, its line break included. */
    abstract byte[] line(FinishedRequest request);

    private static Instant time(FinishedRequest request) {
        return request.arrived().plusNanos(request.nanos()).truncatedTo(ChronoUnit.MILLIS);
    }

    private static void write(JsonGenerator json, FinishedRequest request) throws IOException {
        json.writeStartObject();
        json.writeStringField("time", time(request).toString());
        json.writeStringField("remote", request.remote());
        json.writeStringField("method", request.method());
        json.writeStringField("path", request.path());
        json.writeNumberField("status", request.status());
        json.writeNumberField("ms", millis(request.nanos()));
        json.writeNumberField("bytes", request.bytes());
        json.writeStringField("request_id", request.id());
        json.writeStringField("caller_id", request.caller().id());
        json.writeStringField("caller_name", request.caller().name());
        writeModel(json, request);
        if (request.errorCode().isPresent()) {
            json.writeStringField("error", request.errorCode().get());
        }
        json.writeEndObject();
    }

    /** Of requests that chose a model. */
    private static void writeModel(JsonGenerator json, FinishedRequest request) throws IOException {
        if (request.model().isEmpty()) {
            return;
        }
        json.writeStringField("model", request.model().get().version());
        json.writeNumberField("prompt_tokens", request.used().prompt());
        json.writeNumberField("completion_tokens", request.used().completion());
        json.writeNumberField("cached_tokens", request.used().cached());
        if (request.firstTokenNanos().isPresent()) {
            json.writeNumberField("ttft_ms", millis(request.firstTokenNanos().getAsLong()));
        }
    }

    /** With microseconds. */
    private static double millis(long nanos) {
        return Math.round(nanos / MICROS_PER_MILLI) / MICROS_PER_MILLI;
    }
}
