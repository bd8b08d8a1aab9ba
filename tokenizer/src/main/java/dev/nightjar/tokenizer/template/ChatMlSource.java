package dev.nightjar.tokenizer.template;

import dev.nightjar.tokenizer.template.ChatMlTemplate.ToolAnswers;
import java.util.List;
import java.util.Optional;

/**
 * The Jinja sources that are ChatML, in the spelling of {@link TemplateNormalForm}: an optional
 * default for {@code add_generation_prompt}, then the loop over the messages, in which an optional
 * condition writes a default system message before the first one.
 */
final class ChatMlSource {
    private static final String DEFAULT_FLAG =
            "{%if not add_generation_prompt is defined%}"
                    + "{%set add_generation_prompt=false%}{%endif%}";
    private static final String LOOP = "{%for message in messages%}";
    private static final String SYSTEM_START =
            "{%if loop.first and messages[0]['role']!='system'%}{{'<|im_start|>system\\n";
    private static final String SYSTEM_END = "<|im_end|>\\n'}}{%endif%}";
    private static final String MESSAGE =
            "{{'<|im_start|>'+message['role']+'\\n'+message['content']+'<|im_end|>\\n'}}{%endfor%}"
                    + "{%if add_generation_prompt%}{{'<|im_start|>assistant\\n'}}{%endif%}";

    private ChatMlSource() {}

    /** The template that a source is, or empty if it is not ChatML. */
    static Optional<ChatTemplate> parse(String source) {
        String form = TemplateNormalForm.of(source);
        String loop = form.startsWith(DEFAULT_FLAG) ? form.substring(DEFAULT_FLAG.length()) : form;
        if (!loop.startsWith(LOOP)) {
            return Optional.empty();
        }
        String body = loop.substring(LOOP.length());
        if (body.equals(MESSAGE)) {
            return Optional.of(new ChatMlTemplate(List.of(), ToolAnswers.OWN_ROLE));
        }
        return parseDefaultSystem(body);
    }

    private static Optional<ChatTemplate> parseDefaultSystem(String body) {
        int end = body.length() - MESSAGE.length() - SYSTEM_END.length();
        boolean isKnown =
                body.startsWith(SYSTEM_START)
                        && body.endsWith(SYSTEM_END + MESSAGE)
                        && end >= SYSTEM_START.length();
        if (!isKnown) {
            return Optional.empty();
        }
        // Nothing but one literal may stand between the two marks.
        int quote = body.indexOf('\'', SYSTEM_START.indexOf("{{"));
        if (TemplateTokens.endOfLiteral(body, quote) != end + SYSTEM_END.indexOf('}')) {
            return Optional.empty();
        }
        String system = TemplateTokens.text(body.substring(SYSTEM_START.length(), end));
        return Optional.of(
                new ChatMlTemplate(
                        List.of(new ChatMessage("system", system)), ToolAnswers.OWN_ROLE));
    }
}
