package dev.nightjar.engine.answer.call;

import dev.nightjar.engine.answer.call.JsonCallReader.Proof;
import dev.nightjar.engine.answer.part.Calls;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Which readers stand behind the markers of the families of models. */
public final class CallReaders {

    private static final String NAME = "\\s*(?<name>[\\w.:/-]+)\\s*";

    /** {@code name[ARGS]}, {@code name[CALL_ID]id[ARGS]}, or the name alone. */
    private static final Pattern MISTRAL_HEAD =
            Pattern.compile(NAME + "(?:\\[CALL_ID\\](?<id>\\w+))?(?:\\[ARGS\\])?\\s*");

    private static final Pattern DEEPSEEK_HEAD =
            Pattern.compile(
                    "\\s*(?:<｜tool▁call▁begin｜>)?(?:\\s*function\\s*<｜tool▁sep｜>)?"
                            + NAME
                            + "(?:<｜tool▁sep｜>)?\\s*(?:```json)?\\s*");

    /** {@code functions.name:0}, all of which is the id. */
    private static final Pattern KIMI_HEAD =
            Pattern.compile(
                    "\\s*(?:<\\|tool_call_begin\\|>)?\\s*(?<id>(?:functions\\.)?(?<name>[\\w.-]+?)"
                            + "(?::\\d+)?)\\s*<\\|tool_call_argument_begin\\|>\\s*");

    private static final Pattern FUNCTION_HEAD = Pattern.compile(NAME + ">\\s*");

    private CallReaders() {}

    /** {@code <tool_call>} before JSON. */
    public static CallSyntax hermes() {
        return CallSyntax.marked(Map.of("<tool_call>", CallReaders::json), List.of("</tool_call>"));
    }

    /**
     * {@code <tool_call>} before a function of parameters, or before JSON; or only the function.
     */
    public static CallSyntax qwen3Coder() {
        Function<Calls, CallReader> parameters =
                calls -> new TagCallReader(calls, TagSyntax.PARAMETERS);
        Function<Calls, CallReader> any =
                calls ->
                        new ChoiceReader(
                                () -> json(calls), "<function=", () -> parameters.apply(calls));
        return CallSyntax.marked(
                Map.of("<tool_call>", any, "<seed:tool_call>", any, "<function=", parameters),
                List.of("</tool_call>", "</seed:tool_call>"));
    }

    /** {@code <tool_call>} before a name with keys and values, or before JSON. */
    public static CallSyntax glm() {
        return CallSyntax.marked(
                Map.of(
                        "<tool_call>",
                        calls ->
                                new ChoiceReader(
                                        () -> json(calls),
                                        "",
                                        () -> new TagCallReader(calls, TagSyntax.KEYS_AND_VALUES))),
                List.of("</tool_call>"));
    }

    /** {@code <function=name>} before JSON. */
    public static CallSyntax functionary() {
        return CallSyntax.marked(
                Map.of(
                        "<function=",
                        calls -> new NamedCallReader(calls, FUNCTION_HEAD, List.of("</function>"))),
                List.of("</function>"));
    }

    /** JSON of a known tool at the start, or anything behind {@code <|python_tag|>}. */
    public static CallSyntax llama3() {
        Function<Calls, CallReader> bare =
                calls -> new JsonCallsReader(calls, Proof.TOOL_AND_ARGUMENTS);
        return new CallSyntax(
                Map.of(
                        "<|python_tag|>",
                        calls ->
                                new ChoiceReader(
                                        () -> json(calls),
                                        "",
                                        () -> new PythonCallsReader(calls, Proof.NAME))),
                Map.of('{', bare, '[', bare),
                List.of(";"));
    }

    /** A list of Python's calls, at the start or behind a marker; or JSON, if it was told to. */
    public static CallSyntax pythonic() {
        Function<Calls, CallReader> marked = calls -> new PythonCallsReader(calls, Proof.NAME);
        return new CallSyntax(
                Map.of(
                        "<|python_start|>",
                        marked,
                        "<|tool_call_start|>",
                        marked,
                        "<tool_call>",
                        CallReaders::json),
                Map.of('[', calls -> new PythonCallsReader(calls, Proof.TOOL_AND_ARGUMENTS)),
                List.of("<|python_end|>", "<|tool_call_end|>", "</tool_call>"));
    }

    /** {@code [TOOL_CALLS]} before an array, or before a name. */
    public static CallSyntax mistral() {
        return CallSyntax.marked(
                Map.of(
                        "[TOOL_CALLS]",
                        calls ->
                                new ChoiceReader(
                                        () -> json(calls),
                                        "",
                                        () -> new NamedCallReader(calls, MISTRAL_HEAD, List.of()))),
                List.of());
    }

    /** Names before JSON, both with and without a code block around it. */
    public static CallSyntax deepSeek() {
        Function<Calls, CallReader> named =
                calls -> new NamedCallReader(calls, DEEPSEEK_HEAD, List.of("<｜tool▁call▁end｜>"));
        return CallSyntax.marked(
                Map.of("<｜tool▁calls▁begin｜>", named, "<｜tool▁call▁begin｜>", named),
                List.of("```", "<｜tool▁call▁end｜>", "<｜tool▁calls▁end｜>"));
    }

    /** {@code functions.name:0} before JSON. */
    public static CallSyntax kimi() {
        Function<Calls, CallReader> named =
                calls -> new NamedCallReader(calls, KIMI_HEAD, List.of("<|tool_call_end|>"));
        return CallSyntax.marked(
                Map.of("<|tool_calls_section_begin|>", named, "<|tool_call_begin|>", named),
                List.of("<|tool_call_end|>", "<|tool_calls_section_end|>"));
    }

    /** {@code <|START_ACTION|>} before an array. */
    public static CallSyntax command() {
        return CallSyntax.marked(
                Map.of("<|START_ACTION|>", CallReaders::json), List.of("<|END_ACTION|>"));
    }

    /** A marker before an array. */
    public static CallSyntax array() {
        return CallSyntax.marked(
                Map.of(
                        "<|tool_call|>",
                        CallReaders::json,
                        "<tool_call>",
                        CallReaders::json,
                        "functools",
                        CallReaders::json),
                List.of("<|/tool_call|>", "</tool_call>"));
    }

    private static CallReader json(Calls calls) {
        return new JsonCallsReader(calls, Proof.NAME);
    }
}
