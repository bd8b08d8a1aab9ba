package dev.nightjar.engine.prompt;

import dev.nightjar.engine.answer.AnswerDetector;
import dev.nightjar.engine.answer.AnswerFormat;
import dev.nightjar.engine.answer.AnswerStyle;
import dev.nightjar.engine.answer.part.CallIds;
import dev.nightjar.tokenizer.template.ChatPrompt;
import dev.nightjar.tokenizer.template.ChatTemplate;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How conversations with tools are written and their answers are read. Immutable.
 *
 * @param answers how the model answers
 * @param tools what the template does with tools by itself
 */
record ChatStyle(AnswerStyle answers, TemplateTools tools) {

    /** Of a model with this template. */
    static ChatStyle of(ChatTemplate template, AnswerChoice choice) {
        TemplateTools tools = TemplateTools.of(template);
        Optional<AnswerFormat> known = format(template::mentions, choice);
        AnswerStyle answers = answers(template::mentions, choice, known);
        return new ChatStyle(answers, known.isPresent() ? tools : TemplateTools.none());
    }

    /** How a model answers the conversations of this template. */
    static AnswerStyle answers(ChatTemplate template, AnswerChoice choice) {
        return answers(template::mentions, choice, format(template::mentions, choice));
    }

    /** Of a model whose tokenizer file says how Mistral's conversations become ids. */
    static ChatStyle ofMistral(AnswerChoice choice) {
        Optional<AnswerFormat> known = format(text -> false, choice);
        AnswerStyle found = answers(text -> false, choice, known);
        AnswerStyle answers = new AnswerStyle(found.format(), found.reasoning(), CallIds.NINE);
        return new ChatStyle(answers, TemplateTools.complete());
    }

    /** Of a model that knows no conversations. */
    static ChatStyle none() {
        return new ChatStyle(AnswerStyle.plain(), TemplateTools.complete());
    }

    private static Optional<AnswerFormat> format(Predicate<String> template, AnswerChoice choice) {
        return choice.wanted().or(() -> AnswerDetector.format(template, choice.vocabulary()));
    }

    /** Where nothing tells a format, the model is told to write Hermes'. */
    private static AnswerStyle answers(
            Predicate<String> template, AnswerChoice choice, Optional<AnswerFormat> known) {
        return new AnswerStyle(
                known.orElse(AnswerFormat.HERMES),
                AnswerDetector.reasoning(template, choice.vocabulary()),
                AnswerDetector.ids(template));
    }

    /** The conversation as the template can express it. */
    ChatPrompt fit(ChatPrompt prompt) {
        if (answers.format() == AnswerFormat.NONE) {
            return prompt;
        }
        ToolPrompt plain = new ToolPrompt(answers.format().form());
        boolean hasTools = prompt.tools().filter(list -> !list.isEmpty()).isPresent();
        ChatPrompt fitted = prompt;
        if (ToolPrompt.hasCalls(prompt)) {
            boolean isShown = tools.showsCalls(hasTools);
            fitted = isShown ? shaped(prompt) : plain.spelled(prompt);
        }
        return hasTools && !tools.showsTools() ? plain.told(fitted) : fitted;
    }

    private ChatPrompt shaped(ChatPrompt prompt) {
        return tools.wantsFlatCalls() ? ToolPrompt.flat(prompt) : prompt;
    }
}
