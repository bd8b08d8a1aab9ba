package dev.nightjar.tokenizer.template;

import dev.nightjar.tokenizer.template.ChatMlTemplate.ToolAnswers;
import java.util.List;

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
        return ChatMlSource.parse(source)
                .orElseThrow(
                        () ->
                                new UnsupportedTemplateException(
                                        ("the chat template of the checkpoint is not supported, it"
                                                        + " begins \"%s\"; choose one by name"
                                                        + " (--chat-template chatml) or use raw"
                                                        + " completions")
                                                .formatted(start(source))));
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
        return source.codePoints()
                .limit(QUOTED_CHARS)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
