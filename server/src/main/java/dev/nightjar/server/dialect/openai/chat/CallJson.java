package dev.nightjar.server.dialect.openai.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.nightjar.engine.text.Completion;
import dev.nightjar.engine.text.TextEvent;
import java.io.IOException;
import java.util.List;

/** Tool calls, in the form that the request speaks of them. */
final class CallJson {

    private final ToolUse.CallForm form;

    CallJson(ToolUse.CallForm form) {
        this.form = form;
    }

    /** The calls of a whole message. */
    void write(JsonGenerator json, List<Completion.Call> calls) throws IOException {
        if (form == ToolUse.CallForm.FUNCTION_CALL) {
            json.writeObjectFieldStart("function_call");
            writeFunction(json, calls.getFirst().name(), calls.getFirst().arguments());
            json.writeEndObject();
            return;
        }
        json.writeArrayFieldStart("tool_calls");
        for (Completion.Call call : calls) {
            json.writeStartObject();
            json.writeStringField("id", call.id());
            json.writeStringField("type", "function");
            json.writeObjectFieldStart("function");
            writeFunction(json, call.name(), call.arguments());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The begin of a call in a stream; what it says is never said again. */
    void writeBegin(JsonGenerator json, TextEvent.ToolCall call) throws IOException {
        if (form == ToolUse.CallForm.FUNCTION_CALL) {
            json.writeObjectFieldStart("function_call");
            writeFunction(json, call.name(), "");
            json.writeEndObject();
            return;
        }
        openDelta(json, call.index());
        json.writeStringField("id", call.id());
        json.writeStringField("type", "function");
        json.writeObjectFieldStart("function");
        writeFunction(json, call.name(), "");
        json.writeEndObject();
        closeDelta(json);
    }

    /** More arguments of a call in a stream. */
    void writeArguments(JsonGenerator json, TextEvent.ToolArguments piece) throws IOException {
        if (form == ToolUse.CallForm.FUNCTION_CALL) {
            json.writeObjectFieldStart("function_call");
            json.writeStringField("arguments", piece.json());
            json.writeEndObject();
            return;
        }
        openDelta(json, piece.index());
        json.writeObjectFieldStart("function");
        json.writeStringField("arguments", piece.json());
        json.writeEndObject();
        closeDelta(json);
    }

    /** The finish reason of an answer that calls tools. */
    String finishReason() {
        return form == ToolUse.CallForm.FUNCTION_CALL ? "function_call" : "tool_calls";
    }

    private static void openDelta(JsonGenerator json, int index) throws IOException {
        json.writeArrayFieldStart("tool_calls");
        json.writeStartObject();
        json.writeNumberField("index", index);
    }

    private static void closeDelta(JsonGenerator json) throws IOException {
        json.writeEndObject();
        json.writeEndArray();
    }

    private static void writeFunction(JsonGenerator json, String name, String arguments)
            throws IOException {
        json.writeStringField("name", name);
        json.writeStringField("arguments", arguments);
    }
}
