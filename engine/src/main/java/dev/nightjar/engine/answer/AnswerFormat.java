package dev.nightjar.engine.answer;

import dev.nightjar.engine.answer.call.CallReaders;
import dev.nightjar.engine.answer.call.CallSyntax;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The ways in which families of models write calls; docs/tool-calling.md shows each. */
public enum AnswerFormat {
    /** {@code <tool_call>{"name": …, "arguments": …}</tool_call>}. */
    HERMES("hermes", CallReaders.hermes(), Forms.HERMES),
    /**
     * {@code <tool_call><function=name><parameter=key>value</parameter></function></tool_call>}.
     */
    QWEN3_CODER("qwen3-coder", CallReaders.qwen3Coder(), Forms.HERMES),
    /** {@code <tool_call>name<arg_key>key</arg_key><arg_value>value</arg_value></tool_call>}. */
    GLM("glm", CallReaders.glm(), Forms.HERMES),
    /** {@code {"name": …, "parameters": …}}, also behind {@code <|python_tag|>}. */
    LLAMA3(
            "llama3",
            CallReaders.llama3(),
            CallForm.of("{\"name\": \"", "\", \"parameters\": ", "}", "; ")),
    /** {@code [name(key="value")]}. */
    PYTHONIC("pythonic", CallReaders.pythonic(), Forms.HERMES),
    /** {@code [TOOL_CALLS][{"name": …, "arguments": …}]}. */
    MISTRAL("mistral", CallReaders.mistral(), Forms.array("[TOOL_CALLS]", "")),
    /** {@code [TOOL_CALLS]name[ARGS]{…}}. */
    MISTRAL_ARGS(
            "mistral-args", CallReaders.mistral(), CallForm.of("[TOOL_CALLS]", "[ARGS]", "", "")),
    /** Messages in channels, as gpt-oss writes them. */
    HARMONY(
            "harmony",
            CallSyntax.none(),
            CallForm.of(
                    "<|channel|>commentary to=functions.",
                    " <|constrain|>json<|message|>",
                    "<|call|>",
                    "<|start|>assistant")),
    /** {@code <｜tool▁call▁begin｜>function<｜tool▁sep｜>name} and a block of JSON. */
    DEEPSEEK("deepseek", CallReaders.deepSeek(), Forms.DEEPSEEK),
    /** {@code <｜tool▁call▁begin｜>name<｜tool▁sep｜>{…}<｜tool▁call▁end｜>}. */
    DEEPSEEK_V31("deepseek-v3.1", CallReaders.deepSeek(), Forms.DEEPSEEK_V31),
    /** {@code <|tool_call_begin|>functions.name:0<|tool_call_argument_begin|>{…}}. */
    KIMI("kimi", CallReaders.kimi(), Forms.KIMI),
    /** {@code <|START_ACTION|>[{"tool_name": …, "parameters": …}]<|END_ACTION|>}. */
    COMMAND("command", CallReaders.command(), Forms.COMMAND),
    /** {@code <|tool_call|>[{"name": …, "arguments": …}]}. */
    GRANITE("granite", CallReaders.array(), Forms.array("<|tool_call|>", "")),
    /** The same, closed by {@code <|/tool_call|>}. */
    PHI4("phi4", CallReaders.array(), Forms.array("<|tool_call|>", "<|/tool_call|>")),
    /** {@code <function=name>{…}</function>}. */
    FUNCTIONARY(
            "functionary",
            CallReaders.functionary(),
            CallForm.of("<function=", ">", "</function>", "")),
    /** No calls; they are text. */
    NONE("none", CallSyntax.none(), Forms.HERMES);

    /** Forms that take more than one line. */
    private static final class Forms {
        static final CallForm HERMES =
                CallForm.of(
                        "<tool_call>\n{\"name\": \"",
                        "\", \"arguments\": ",
                        "}\n</tool_call>",
                        "\n");

        static final CallForm DEEPSEEK =
                new CallForm(
                        "<｜tool▁calls▁begin｜>",
                        "<｜tool▁call▁begin｜>function<｜tool▁sep｜>",
                        "\n```json\n",
                        "\n```<｜tool▁call▁end｜>",
                        "\n",
                        "<｜tool▁calls▁end｜>");

        static final CallForm DEEPSEEK_V31 =
                new CallForm(
                        "<｜tool▁calls▁begin｜>",
                        "<｜tool▁call▁begin｜>",
                        "<｜tool▁sep｜>",
                        "<｜tool▁call▁end｜>",
                        "",
                        "<｜tool▁calls▁end｜>");

        static final CallForm KIMI =
                new CallForm(
                        "<|tool_calls_section_begin|>",
                        "<|tool_call_begin|>functions.",
                        ":0<|tool_call_argument_begin|>",
                        "<|tool_call_end|>",
                        "",
                        "<|tool_calls_section_end|>");

        static final CallForm COMMAND =
                new CallForm(
                        "<|START_ACTION|>[\n",
                        "    {\"tool_call_id\": \"0\", \"tool_name\": \"",
                        "\", \"parameters\": ",
                        "}",
                        ",\n",
                        "\n]<|END_ACTION|>");

        private Forms() {}

        static CallForm array(String open, String close) {
            return new CallForm(
                    open + "[", "{\"name\": \"", "\", \"arguments\": ", "}", ", ", "]" + close);
        }
    }

    private final String label;
    private final CallSyntax syntax;
    private final CallForm form;

    AnswerFormat(String label, CallSyntax syntax, CallForm form) {
        this.label = label;
        this.syntax = syntax;
        this.form = form;
    }

    /** Its name for people. */
    public String label() {
        return label;
    }

    /** How a call is written where the model is told to or has to. */
    public CallForm form() {
        return form;
    }

    CallSyntax syntax() {
        return syntax;
    }

    /** Markers that mean nothing to the user. */
    List<String> silent() {
        return this == COMMAND ? List.of("<|START_RESPONSE|>", "<|END_RESPONSE|>") : List.of();
    }

    /** What begins a call in an answer that may hold any text, in the order of {@link #form}. */
    public String trigger() {
        return switch (this) {
            case HARMONY -> " to=functions.";
            case LLAMA3 -> form.beforeName();
            case FUNCTIONARY -> "<function=";
            default -> {
                String head = form.head();
                int end = head.startsWith("[") ? head.indexOf(']') : head.indexOf('>');
                yield head.substring(0, end + 1);
            }
        };
    }

    /** Markers within calls. */
    List<String> inner() {
        return switch (this) {
            case MISTRAL, MISTRAL_ARGS -> List.of("[ARGS]", "[CALL_ID]");
            case DEEPSEEK, DEEPSEEK_V31 -> List.of("<｜tool▁sep｜>");
            case KIMI -> List.of("<|tool_call_argument_begin|>");
            default -> List.of();
        };
    }

    /** Control tokens behind which an answer goes on, whatever others use them for. */
    public List<String> goesOnAfter() {
        return this == HARMONY ? List.of(Harmony.END) : List.of();
    }

    /** Control tokens that end an answer beside those that the checkpoint names. */
    public List<String> endsWith() {
        return switch (this) {
            case HARMONY -> List.of(Harmony.CALL, Harmony.RETURN);
            case GLM -> List.of("<|observation|>", "<|user|>");
            default -> List.of();
        };
    }

    /** A format by its name. */
    public static Optional<AnswerFormat> named(String label) {
        return Arrays.stream(values()).filter(format -> format.label.equals(label)).findFirst();
    }

    /** All names. */
    public static String labels() {
        return Arrays.stream(values()).map(AnswerFormat::label).collect(Collectors.joining(", "));
    }
}
