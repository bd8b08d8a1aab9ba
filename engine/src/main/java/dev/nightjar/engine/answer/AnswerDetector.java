package dev.nightjar.engine.answer;

import dev.nightjar.engine.answer.part.CallIds;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds out how a model writes its answers, by what its chat template mentions and else by its
 * control tokens.
 */
public final class AnswerDetector {

    /**
     * A sign of a format.
     *
     * @param format what it tells
     * @param mentions all of what the template must hold
     */
    private record Sign(AnswerFormat format, List<String> mentions) {
        static Sign of(AnswerFormat format, String... mentions) {
            return new Sign(format, List.of(mentions));
        }
    }

    /** The first that fits counts: special markers stand before those that many share. */
    private static final List<Sign> IN_TEMPLATE =
            List.of(
                    Sign.of(AnswerFormat.HARMONY, "<|channel|>", "<|message|>"),
                    Sign.of(AnswerFormat.DEEPSEEK, "<｜tool▁calls▁begin｜>", "```json"),
                    Sign.of(AnswerFormat.DEEPSEEK_V31, "<｜tool▁calls▁begin｜>"),
                    Sign.of(AnswerFormat.KIMI, "<|tool_calls_section_begin|>"),
                    Sign.of(AnswerFormat.COMMAND, "<|START_ACTION|>"),
                    Sign.of(AnswerFormat.MISTRAL_ARGS, "[TOOL_CALLS]", "[ARGS]"),
                    Sign.of(AnswerFormat.MISTRAL, "[TOOL_CALLS]"),
                    Sign.of(AnswerFormat.GLM, "<tool_call>", "<arg_key>"),
                    Sign.of(AnswerFormat.QWEN3_CODER, "<function=", "<parameter="),
                    Sign.of(AnswerFormat.FUNCTIONARY, "<function="),
                    Sign.of(AnswerFormat.HERMES, "<tool_call>"),
                    Sign.of(AnswerFormat.PHI4, "<|tool_call|>", "<|/tool_call|>"),
                    Sign.of(AnswerFormat.GRANITE, "<|tool_call|>"),
                    Sign.of(AnswerFormat.LLAMA3, "<|python_tag|>"),
                    Sign.of(AnswerFormat.LLAMA3, "\"parameters\"", "ipython"),
                    Sign.of(AnswerFormat.PYTHONIC, "<|python_start|>"),
                    Sign.of(AnswerFormat.PYTHONIC, "[func_name1("),
                    Sign.of(AnswerFormat.PYTHONIC, "<|tool_call_start|>"));

    /** Tokens that only models have that were trained to call tools. */
    private static final List<Sign> IN_VOCABULARY =
            List.of(
                    Sign.of(AnswerFormat.DEEPSEEK, "<｜tool▁calls▁begin｜>"),
                    Sign.of(AnswerFormat.KIMI, "<|tool_calls_section_begin|>"),
                    Sign.of(AnswerFormat.COMMAND, "<|START_ACTION|>"),
                    Sign.of(AnswerFormat.MISTRAL_ARGS, "[TOOL_CALLS]", "[ARGS]"),
                    Sign.of(AnswerFormat.MISTRAL, "[TOOL_CALLS]"),
                    Sign.of(AnswerFormat.GLM, "<tool_call>", "<arg_key>"),
                    Sign.of(AnswerFormat.HERMES, "<tool_call>"),
                    Sign.of(AnswerFormat.PHI4, "<|tool_call|>", "<|/tool_call|>"),
                    Sign.of(AnswerFormat.GRANITE, "<|tool_call|>"),
                    Sign.of(AnswerFormat.PYTHONIC, "<|tool_call_start|>"),
                    Sign.of(AnswerFormat.PYTHONIC, "<|python_start|>"),
                    Sign.of(AnswerFormat.LLAMA3, "<|python_tag|>"));

    private static final List<ReasoningTags> REASONING =
            List.of(
                    new ReasoningTags("<|START_THINKING|>", "<|END_THINKING|>"),
                    new ReasoningTags("[THINK]", "[/THINK]"),
                    new ReasoningTags("<seed:think>", "</seed:think>"),
                    new ReasoningTags("<|inner_prefix|>", "<|inner_suffix|>"),
                    new ReasoningTags("<think>", "</think>"),
                    new ReasoningTags("<reasoning>", "</reasoning>"));

    /** How Mistral's templates refuse any other id. */
    private static final String WANTS_NINE = "length != 9";

    private AnswerDetector() {}

    /**
     * How calls are written; empty if nothing tells.
     *
     * @param template whether the chat template holds a text
     * @param vocabulary whether a text is a token
     */
    public static Optional<AnswerFormat> format(
            Predicate<String> template, Predicate<String> vocabulary) {
        return find(IN_TEMPLATE, template).or(() -> find(IN_VOCABULARY, vocabulary));
    }

    /** How reasoning is marked; empty if it is not, or the format does it in its own way. */
    public static Optional<ReasoningTags> reasoning(
            Predicate<String> template, Predicate<String> vocabulary) {
        return REASONING.stream()
                .filter(
                        tags ->
                                template.test(tags.open())
                                        || template.test(tags.close())
                                        || (vocabulary.test(tags.open())
                                                && vocabulary.test(tags.close())))
                .findFirst();
    }

    /** How calls are named. */
    public static CallIds ids(Predicate<String> template) {
        return template.test(WANTS_NINE) ? CallIds.NINE : CallIds.LONG;
    }

    private static Optional<AnswerFormat> find(List<Sign> signs, Predicate<String> holds) {
        return signs.stream()
                .filter(sign -> sign.mentions().stream().allMatch(holds))
                .map(Sign::format)
                .findFirst();
    }
}
