package dev.nightjar.engine.answer;

import java.util.List;

/**
 * An answer and its parts.
 *
 * @param format how it is written
 * @param text what the model wrote
 * @param parts see {@link Answers#lines}
 */
record Sample(AnswerFormat format, String text, List<String> parts) {

    private static final String BERN = "{\"city\": \"Bern\", \"days\": 2}";
    private static final String CALL_0 = "call|id0|weather|" + BERN;
    private static final String CALL_1 = "call|id1|time|{}";

    static Sample of(AnswerFormat format, String text, String... parts) {
        return new Sample(format, text, List.of(parts));
    }

    /** At least one of each format. */
    static List<Sample> all() {
        return List.of(
                of(AnswerFormat.HERMES, "Just text, no {call}.", "content|Just text, no {call}."),
                of(
                        AnswerFormat.HERMES,
                        "<think>\nHm 🦉\n</think>\n\nLet me look.\n<tool_call>\n{\"name\": \"weather\","
                                + " \"arguments\": "
                                + BERN
                                + "}\n</tool_call>\n<tool_call>\n{\"name\": \"time\"}\n</tool_call>",
                        "think|Hm 🦉",
                        "content|Let me look.",
                        CALL_0,
                        CALL_1),
                of(
                        AnswerFormat.HERMES,
                        "<tool_call>{\"arguments\": "
                                + BERN
                                + ", \"name\": \"weather\"}</tool_call>\n\nDone.",
                        CALL_0,
                        "content|Done."),
                of(
                        AnswerFormat.HERMES,
                        "<tool_call>{\"name\": \"weather\", \"arguments\": \"{\\\"city\\\": \\\"Bern\\\","
                                + " \\\"days\\\": 2}\"}</tool_call>",
                        CALL_0),
                of(
                        AnswerFormat.HERMES,
                        "<tool_call>{\"type\": \"function\", \"id\": \"x7\", \"function\": {\"name\":"
                                + " \"unheard\", \"arguments\": {}}}</tool_call>",
                        "call|x7|unheard|{}"),
                of(
                        AnswerFormat.QWEN3_CODER,
                        "<tool_call>\n<function=weather>\n<parameter=city>\nBern\n</parameter>\n"
                                + "<parameter=days>\n2\n</parameter>\n</function>\n</tool_call>\n"
                                + "<tool_call>\n<function=time>\n</function>\n</tool_call>",
                        CALL_0,
                        CALL_1),
                of(
                        AnswerFormat.QWEN3_CODER,
                        "I write.\n\n<function=weather>\n<parameter=city>\n12\n</parameter>\n"
                                + "<parameter=x>\n{\"a\": \"</b>\"}\n</parameter>\n<parameter=y>\nTrue\n\n"
                                + "</parameter>\n</function>",
                        "content|I write.",
                        "call|id0|weather|{\"city\": \"12\", \"x\": {\"a\": \"</b>\"}, \"y\":"
                                + " \"True\\n\"}"),
                of(
                        AnswerFormat.GLM,
                        "<think>so</think><tool_call>weather\n<arg_key>city</arg_key>\n<arg_value>Bern"
                                + "</arg_value>\n<arg_key>days</arg_key>\n<arg_value>2</arg_value>\n"
                                + "</tool_call><tool_call>time</tool_call>",
                        "think|so",
                        CALL_0,
                        CALL_1),
                of(
                        AnswerFormat.LLAMA3,
                        "{\"name\": \"weather\", \"parameters\": "
                                + BERN
                                + "}; {\"name\": \"time\", \"parameters\": {}}",
                        CALL_0,
                        CALL_1),
                of(
                        AnswerFormat.LLAMA3,
                        "{\"name\": \"Ann\", \"age\": 7}",
                        "content|{\"name\": \"Ann\", \"age\": 7}"),
                of(
                        AnswerFormat.LLAMA3,
                        "{\"name\": \"Ann\", \"parameters\": {\"a\": 1}}",
                        "content|{\"name\": \"Ann\", \"parameters\": {\"a\": 1}}"),
                of(
                        AnswerFormat.LLAMA3,
                        "<|python_tag|>{\"type\": \"function\", \"name\": \"weather\", \"parameters\": "
                                + BERN
                                + "}",
                        CALL_0),
                of(
                        AnswerFormat.LLAMA3,
                        "<|python_tag|>weather.call(city=\"Bern\", days=2)",
                        CALL_0),
                of(AnswerFormat.PYTHONIC, "[weather(city='Bern', days=2), time()]", CALL_0, CALL_1),
                of(
                        AnswerFormat.PYTHONIC,
                        "<|tool_call_start|>[weather(city=\"Be)r\\\"n\", days=[1, {'a': None}])]"
                                + "<|tool_call_end|>Looking.",
                        "call|id0|weather|{\"city\": \"Be)r\\\"n\", \"days\": [1, {\"a\": null}]}",
                        "content|Looking."),
                of(AnswerFormat.PYTHONIC, "[1, 2] is a list", "content|[1, 2] is a list"),
                of(
                        AnswerFormat.MISTRAL,
                        "[TOOL_CALLS] [{\"name\": \"weather\", \"arguments\": "
                                + BERN
                                + ", \"id\": \"abcdefghi\"}, {\"name\": \"time\", \"arguments\": {}}]",
                        CALL_0,
                        CALL_1),
                of(
                        AnswerFormat.MISTRAL_ARGS,
                        "Sure.[TOOL_CALLS]weather[CALL_ID]abcdefghi[ARGS]"
                                + BERN
                                + "[TOOL_CALLS]time[ARGS]{}",
                        "content|Sure.",
                        "call|abcdefghi|weather|" + BERN,
                        "call|id0|time|{}"),
                of(
                        AnswerFormat.HARMONY,
                        "<|channel|>analysis<|message|>Think.<|end|><|start|>assistant<|channel|>"
                                + "commentary to=functions.weather <|constrain|>json<|message|>"
                                + BERN
                                + "<|call|>",
                        "think|Think.",
                        CALL_0),
                of(
                        AnswerFormat.HARMONY,
                        "<|channel|>analysis<|message|>A<|end|><|start|>assistant<|channel|>analysis"
                                + "<|message|>B<|end|><|start|>assistant to=functions.time<|channel|>"
                                + "commentary json<|message|><|call|>",
                        "think|A\nB",
                        "call|id0|time|{}"),
                of(
                        AnswerFormat.HARMONY,
                        "<|channel|>commentary<|message|>First.<|end|><|start|>assistant<|channel|>final"
                                + "<|message|> Hi <b> there\n<|return|>",
                        "content|First.\n Hi <b> there\n"),
                of(AnswerFormat.HARMONY, "Hello <|you|>", "content|Hello <|you|>"),
                of(
                        AnswerFormat.DEEPSEEK,
                        "Look.\n\n<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>weather\n"
                                + "```json\n"
                                + BERN
                                + "\n```<｜tool▁call▁end｜>\n<｜tool▁call▁begin｜>function"
                                + "<｜tool▁sep｜>time\n```json\n{}\n```<｜tool▁call▁end｜>"
                                + "<｜tool▁calls▁end｜>",
                        "content|Look.",
                        CALL_0,
                        CALL_1),
                of(
                        AnswerFormat.DEEPSEEK_V31,
                        "<think>x</think><｜tool▁calls▁begin｜><｜tool▁call▁begin｜>weather<｜tool▁sep｜>"
                                + BERN
                                + "<｜tool▁call▁end｜><｜tool▁call▁begin｜>time<｜tool▁sep｜>"
                                + "<｜tool▁call▁end｜><｜tool▁calls▁end｜>",
                        "think|x",
                        CALL_0,
                        CALL_1),
                of(
                        AnswerFormat.KIMI,
                        "Ok<|tool_calls_section_begin|><|tool_call_begin|>functions.weather:0"
                                + "<|tool_call_argument_begin|>"
                                + BERN
                                + "<|tool_call_end|><|tool_call_begin|>functions.time:1"
                                + "<|tool_call_argument_begin|>{}<|tool_call_end|>"
                                + "<|tool_calls_section_end|>",
                        "content|Ok",
                        "call|functions.weather:0|weather|" + BERN,
                        "call|functions.time:1|time|{}"),
                of(
                        AnswerFormat.COMMAND,
                        "<|START_ACTION|>[\n    {\"tool_call_id\": \"0\", \"tool_name\": \"weather\","
                                + " \"parameters\": "
                                + BERN
                                + "}\n]<|END_ACTION|>",
                        "call|0|weather|" + BERN),
                of(
                        AnswerFormat.COMMAND,
                        "<|START_RESPONSE|>Hi there.<|END_RESPONSE|>",
                        "content|Hi there."),
                of(
                        AnswerFormat.GRANITE,
                        "<|tool_call|>[{\"name\": \"weather\", \"arguments\": "
                                + BERN
                                + "}, {\"name\": \"time\"}]",
                        CALL_0,
                        CALL_1),
                of(
                        AnswerFormat.PHI4,
                        "<|tool_call|>[{\"name\": \"weather\", \"arguments\": "
                                + BERN
                                + "}]<|/tool_call|>",
                        CALL_0),
                of(
                        AnswerFormat.PHI4,
                        "functools[{\"name\": \"weather\", \"arguments\": " + BERN + "}]",
                        CALL_0),
                of(
                        AnswerFormat.FUNCTIONARY,
                        "<function=weather>" + BERN + "</function><function=time>{}</function>",
                        CALL_0,
                        CALL_1),
                of(
                        AnswerFormat.NONE,
                        "<think>\n\n</think>\n\nIt is </think> <think>.</think>\n",
                        "content|It is </think> <think>.</think>\n"));
    }

    /** Answers that only look like calls, or are broken. */
    static List<Sample> broken() {
        return List.of(
                of(
                        AnswerFormat.HERMES,
                        "A <tool_call> is a tag.\n<tool_call>{\"name\": \"time\"}</tool_call>",
                        "content|A <tool_call> is a tag.",
                        "call|id0|time|{}"),
                of(
                        AnswerFormat.HERMES,
                        "<tool_call><tool_call>{\"name\": \"time\"}</tool_call>",
                        "content|<tool_call>",
                        "call|id0|time|{}"),
                of(
                        AnswerFormat.HERMES,
                        "<tool_call>{\"name\": 3}</tool_call> End",
                        "content|<tool_call>{\"name\": 3}</tool_call> End"),
                of(
                        AnswerFormat.HERMES,
                        "<tool_call>{\"arguments\": {\"a\": 1}}</tool_call>",
                        "content|<tool_call>{\"arguments\": {\"a\": 1}}</tool_call>"),
                of(
                        AnswerFormat.HERMES,
                        "<tool_call>{\"name\": \"time\", \"arguments\": {\"a\": \"x\ny\", \"b\": True}"
                                + "\n</tool_call>\nBye",
                        "call|id0|time|{\"a\": \"x\\ny\", \"b\": true}",
                        "content|Bye"),
                of(
                        AnswerFormat.HERMES,
                        "<tool_call>{\"name\": \"time\", \"arguments\": {\"a\": oops}}</tool_call>",
                        "call|id0|time|{\"a\": null}",
                        "content|oops}}</tool_call>"),
                of(
                        AnswerFormat.HERMES,
                        "<tool_call>{\"name\": \"time\", \"arguments\": {\"a\": \"b",
                        "call|id0|time|{\"a\": \"b\"}"),
                of(
                        AnswerFormat.MISTRAL,
                        "[TOOL_CALLS][{\"name\": \"time\", \"arguments\": {}}, oops",
                        "call|id0|time|{}",
                        "content|, oops"),
                of(AnswerFormat.MISTRAL, "[TOOL_CALLS][]", "content|[TOOL_CALLS][]"),
                of(
                        AnswerFormat.QWEN3_CODER,
                        "<function=time>\n<parameter=a>\nb\n</parameter>\noops",
                        "call|id0|time|{\"a\": \"b\"}",
                        "content|oops"),
                of(
                        AnswerFormat.DEEPSEEK,
                        "<｜tool▁calls▁begin｜>never mind",
                        "content|<｜tool▁calls▁begin｜>never mind"));
    }
}
