package dev.nightjar.tokenizer.mistral;

import dev.nightjar.tokenizer.mistral.Turn.Call;
import dev.nightjar.tokenizer.mistral.Turn.ToolTurn;
import dev.nightjar.tokenizer.template.ChatTemplateException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tools, calls and results as a version writes them. */
final class ToolWriter {
    private final IdWriter out;
    private final MistralVersion version;

    ToolWriter(IdWriter out, MistralVersion version) {
        this.out = out;
        this.version = version;
    }

    /** The tools that the model may call. */
    void tools(List<?> tools) {
        out.control(Control.BEGIN_TOOLS);
        out.text(PythonJson.of(tools.stream().map(ToolWriter::tool).toList()));
        out.control(Control.END_TOOLS);
    }

    /** The calls of one message, at least one: a list, or from version 11 on one by one. */
    void calls(List<Call> calls) {
        if (!version.isAtLeast(MistralVersion.V11)) {
            out.control(Control.TOOL_CALLS);
            out.text(PythonJson.of(calls.stream().map(this::members).toList()));
            return;
        }
        for (Call call : calls) {
            out.control(Control.TOOL_CALLS);
            out.text(call.name());
            if (version == MistralVersion.V11 && !call.id().isEmpty()) {
                out.control(Control.CALL_ID);
                out.text(call.id());
            }
            out.control(Control.CALL_ARGUMENTS);
            out.text(PythonJson.of(call.arguments()));
        }
    }

    /** One result; in version 2 neighbouring results are one list. */
    void results(List<ToolTurn> results) {
        out.control(Control.BEGIN_RESULTS);
        ToolTurn only = results.getFirst();
        switch (version) {
            case V1, V2 ->
                    out.text(PythonJson.of(results.stream().map(ToolWriter::named).toList()));
            case V3 -> out.text(PythonJson.of(withCallId(only)));
            case V7, V11 -> {
                out.text(only.callId());
                out.control(Control.RESULT_CONTENT);
                out.text(only.content());
            }
            case V13 -> out.text(only.content());
        }
        out.control(Control.END_RESULTS);
    }

    private Map<String, Object> members(Call call) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", call.name());
        members.put("arguments", call.arguments());
        if (version.isAtLeast(MistralVersion.V3) && !call.id().isEmpty()) {
            members.put("id", call.id());
        }
        return members;
    }

    private static Map<String, Object> named(ToolTurn turn) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("name", turn.name());
        result.put("content", PythonJson.parsed(turn.content()));
        return result;
    }

    private static Map<String, Object> withCallId(ToolTurn turn) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("content", PythonJson.parsed(turn.content()));
        result.put("call_id", turn.callId());
        return result;
    }

    /** A tool with the members and the order that the checkpoints were trained on. */
    private static Map<String, Object> tool(Object tool) {
        if (!(tool instanceof Map<?, ?> members)
                || !(members.get("function") instanceof Map<?, ?> function)) {
            throw new ChatTemplateException("expected a tool with a function, found " + tool);
        }
        Map<String, Object> ordered = new LinkedHashMap<>();
        ordered.put("name", function.get("name"));
        Object description = function.get("description");
        ordered.put("description", description == null ? "" : description);
        Object parameters = function.get("parameters");
        ordered.put("parameters", parameters == null ? Map.of() : parameters);
        Map<String, Object> typed = new LinkedHashMap<>();
        typed.put("type", "function");
        typed.put("function", ordered);
        return typed;
    }
}
