package dev.nightjar.server.dialect.openai.chat;

import dev.nightjar.engine.request.ToolChoice;
import dev.nightjar.engine.text.TextOutput;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import java.util.List;
import java.util.Optional;

/** The members of a chat that speak of tools, and of functions, as they were called before. */
final class ToolFields {

    /** A function as the API description shows one. */
    private static final String FUNCTION =
            "{\"name\":\"weather\",\"parameters\":{\"type\":\"object\"}}";

    private static final Field<Tools> TOOLS =
            Field.of(
                    "tools",
                    FieldSchema.of("{\"type\":\"array\",\"items\":{\"type\":\"object\"}}")
                            .withExamples(
                                    "[{\"type\":\"function\",\"function\":" + FUNCTION + "}]"),
                    "Functions that the model may call.",
                    Tools::read);
    private static final Field<AskedChoice> TOOL_CHOICE =
            Field.of(
                    "tool_choice",
                    FieldSchema.of("{\"type\":[\"string\",\"object\"]}")
                            .withExamples("\"none\"", "\"auto\""),
                    "auto, none, required, or the tool to be called.",
                    AskedChoice::read);
    private static final Field<Boolean> PARALLEL =
            Field.bool("parallel_tool_calls", "False allows one call at most.");
    private static final Field<Tools> FUNCTIONS =
            Field.of(
                    "functions",
                    FieldSchema.of("{\"type\":\"array\",\"items\":{\"type\":\"object\"}}")
                            .withExamples("[" + FUNCTION + "]"),
                    "The older name of tools; the answer then has function_call.",
                    Tools::readFunctions);
    private static final Field<AskedChoice> FUNCTION_CALL =
            Field.of(
                    "function_call",
                    FieldSchema.of("{\"type\":[\"string\",\"object\"]}")
                            .withExamples("\"none\"", "\"auto\""),
                    "The older name of tool_choice.",
                    AskedChoice::readFunctionCall);

    private ToolFields() {}

    /** The members read here. */
    static List<Field<?>> all() {
        return List.of(TOOLS, TOOL_CHOICE, PARALLEL, FUNCTIONS, FUNCTION_CALL);
    }

    /** The tools of a request. */
    static ToolUse read(RequestObject body) {
        Optional<Tools> tools = body.get(TOOLS).filter(list -> !list.isEmpty());
        Optional<Tools> functions = body.get(FUNCTIONS).filter(list -> !list.isEmpty());
        TextOutput.ToolCalls calls =
                body.get(PARALLEL).orElse(true)
                        ? TextOutput.ToolCalls.PARALLEL
                        : TextOutput.ToolCalls.SINGLE;
        if (functions.isEmpty()) {
            body.field("function_call").ifPresent(field -> requireHarmless(field, "functions"));
            return use(body, tools, TOOL_CHOICE, calls, ToolUse.CallForm.TOOL_CALLS);
        }
        if (tools.isPresent()) {
            throw body.required("functions")
                    .refused("functions and tools are two names of one thing; give one of them");
        }
        return use(
                body,
                functions,
                FUNCTION_CALL,
                TextOutput.ToolCalls.SINGLE,
                ToolUse.CallForm.FUNCTION_CALL);
    }

    private static void requireHarmless(RequestField field, String missing) {
        if (FUNCTION_CALL.reader().apply(field).needsTools()) {
            throw noTools(field, missing);
        }
    }

    private static ToolUse use(
            RequestObject body,
            Optional<Tools> tools,
            Field<AskedChoice> choosing,
            TextOutput.ToolCalls calls,
            ToolUse.CallForm form) {
        Optional<AskedChoice> asked = body.get(choosing);
        if (tools.isEmpty()) {
            if (asked.isPresent() && asked.get().needsTools()) {
                throw noTools(body.required(choosing.name()), "tools");
            }
            return ToolUse.NONE;
        }
        Tools known = tools.get();
        asked.ifPresent(choice -> requireKnown(choice, known, body.required(choosing.name())));
        ToolChoice choice = asked.map(AskedChoice::choice).orElseGet(ToolChoice.Auto::new);
        if (choice instanceof ToolChoice.None) {
            return ToolUse.NONE;
        }
        List<?> shown = asked.flatMap(AskedChoice::allowed).map(known::only).orElseGet(known::all);
        return new ToolUse(shown, choice, calls, form);
    }

    private static RuntimeException noTools(RequestField field, String missing) {
        return field.refused("%s needs %s, found none".formatted(field.path(), missing));
    }

    private static void requireKnown(AskedChoice choice, Tools tools, RequestField field) {
        choice.names().stream()
                .filter(name -> !tools.has(name))
                .findFirst()
                .ifPresent(
                        name ->
                                field.expected(
                                        "one of " + String.join(", ", tools.byName().keySet()),
                                        "'" + name + "'"));
    }
}
