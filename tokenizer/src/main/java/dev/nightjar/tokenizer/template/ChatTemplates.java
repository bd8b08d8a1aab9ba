package dev.nightjar.tokenizer.template;

import dev.nightjar.tokenizer.template.ChatMlTemplate.ToolAnswers;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the template of a checkpoint, by its Jinja source or by name.
 *
 * <p>Source is recognised, not executed: ChatML in its known spellings, with or without a default
 * system message. Whoever renders through the result need not change when sources are executed.
 */
public final class ChatTemplates {
    /** How the template of Nightjar's own demonstration model begins. */
    private static final String DEMO_MARK = "{#- nightjar-demo: ChatML with Hermes tools -#}";

    private static final int QUOTED_CHARS = 80;

    /** ChatML as {@link TemplateNormalForm} writes it; group 1 is the default system message. */
    private static final Pattern CHATML =
            Pattern.compile(
                    "(?:"
                            + Pattern.quote(
                                    "{%if not add_generation_prompt is defined%}"
                                            + "{%set add_generation_prompt=false%}{%endif%}")
                            + ")?"
                            + Pattern.quote("{%for message in messages%}")
                            + "(?:"
                            + Pattern.quote(
                                    "{%if loop.first and messages[0]['role']!='system'%}"
                                            + "{{'<|im_start|>system\\n")
                            + "((?:[^'\\\\]|\\\\.)*?)"
                            + Pattern.quote("<|im_end|>\\n'}}{%endif%}")
                            + ")?"
                            + Pattern.quote(
                                    "{{'<|im_start|>'+message['role']+'\\n'+message['content']"
                                            + "+'<|im_end|>\\n'}}{%endfor%}"
                                            + "{%if add_generation_prompt%}"
                                            + "{{'<|im_start|>assistant\\n'}}{%endif%}"));

    private ChatTemplates() {}

    /**
     * The template with this Jinja source.
     *
     * @throws UnsupportedTemplateException if the source is none of the known ones
     */
    public static ChatTemplate of(String source) {
        if (source.startsWith(DEMO_MARK)) {
            return new ChatMlTemplate(List.of(), ToolAnswers.TAGGED_USER);
        }
        Matcher chatMl = CHATML.matcher(TemplateNormalForm.of(source));
        if (!chatMl.matches()) {
            throw new UnsupportedTemplateException(
                    ("the chat template of the checkpoint is not supported, it begins \"%s\"; choose"
                                    + " one by name (--chat-template chatml) or use raw completions")
                            .formatted(start(source)));
        }
        List<ChatMessage> opening =
                Stream.ofNullable(chatMl.group(1))
                        .map(system -> new ChatMessage("system", TemplateTokens.text(system)))
                        .toList();
        return new ChatMlTemplate(opening, ToolAnswers.OWN_ROLE);
    }

    /**
     * The template of this name.
     *
     * @throws UnsupportedTemplateException if there is none of this name
     */
    public static ChatTemplate named(String name) {
        if (!name.equals("chatml")) {
            throw new UnsupportedTemplateException(
                    "unknown chat template \"%s\"; known names: chatml".formatted(name));
        }
        return new ChatMlTemplate(List.of(), ToolAnswers.OWN_ROLE);
    }

    private static String start(String source) {
        int length = Math.min(source.length(), QUOTED_CHARS);
        return source.substring(0, source.offsetByCodePoints(0, source.codePointCount(0, length)));
    }
}
