package dev.nightjar.server.observe.trace;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.server.api.Version;
import dev.nightjar.server.json.JsonText;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * OTLP's JSON form of spans. Ids are hexadecimal there, and whole numbers of 64 bits are strings.
 */
final class OtlpJson {

    private static final int ERROR = 2;

    private OtlpJson() {}

    static byte[] of(String serviceName, List<Span> spans) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeArrayFieldStart("resourceSpans");
                    json.writeStartObject();
                    json.writeObjectFieldStart("resource");
                    writeAttributes(
                            json,
                            Map.of(
                                    "service.name",
                                    serviceName,
                                    "service.version",
                                    Version.current()));
                    json.writeEndObject();
                    json.writeArrayFieldStart("scopeSpans");
                    json.writeStartObject();
                    json.writeObjectFieldStart("scope");
                    json.writeStringField("name", "dev.nightjar.server");
                    json.writeEndObject();
                    json.writeArrayFieldStart("spans");
                    for (Span span : spans) {
                        write(json, span);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                    json.writeEndArray();
                    json.writeEndObject();
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    private static void write(JsonGenerator json, Span span) throws IOException {
        json.writeStartObject();
        json.writeStringField("traceId", span.traceId());
        json.writeStringField("spanId", span.id());
        if (span.parent().isPresent()) {
            json.writeStringField("parentSpanId", span.parent().get());
        }
        json.writeStringField("name", span.name());
        json.writeNumberField("kind", span.kind());
        json.writeStringField("startTimeUnixNano", Long.toString(span.startNanos()));
        json.writeStringField("endTimeUnixNano", Long.toString(span.startNanos() + span.nanos()));
        writeAttributes(json, span.attributes());
        if (span.isError()) {
            json.writeObjectFieldStart("status");
            json.writeNumberField("code", ERROR);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void writeAttributes(JsonGenerator json, Map<String, Object> attributes)
            throws IOException {
        json.writeArrayFieldStart("attributes");
        for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            json.writeStartObject();
            json.writeStringField("key", attribute.getKey());
            json.writeObjectFieldStart("value");
            String type = attribute.getValue() instanceof Long ? "intValue" : "stringValue";
            json.writeStringField(type, attribute.getValue().toString());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
