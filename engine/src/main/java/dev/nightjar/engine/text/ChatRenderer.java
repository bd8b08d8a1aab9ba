package dev.nightjar.engine.text;

import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.tokenizer.template.ChatTemplate;
import dev.nightjar.tokenizer.template.ChatTemplateException;
import dev.nightjar.tokenizer.template.ChatTemplates;
import dev.nightjar.tokenizer.template.UnsupportedTemplateException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Renders the conversations of a model. Safe for use by many threads. */
public final class ChatRenderer {

    private final Optional<ChatTemplate> template;
    private final Map<String, Object> tokens;

    /**
     * Of a model.
     *
     * @param template empty if the model has none
     * @param tokens special tokens by the names that templates know, such as {@code bos_token}
     */
    public ChatRenderer(Optional<ChatTemplate> template, Map<String, Object> tokens) {
        this.tokens = Map.copyOf(tokens);
        this.template = template.map(known -> known.withTokens(tokens));
    }

    /** How conversations are rendered, if the model knows. */
    public Optional<ChatTemplate> template() {
        return template;
    }

    /**
     * The text of a conversation, by its own template or else the model's.
     *
     * @param model its name, for messages
     * @throws InvalidRequestException if the conversation's own template cannot be used or fails,
     *     or there is none at all
     * @throws ChatTemplateException if the model's template refuses the conversation
     */
    String render(Prompt.Chat chat, String model) {
        if (chat.template().isPresent()) {
            return renderOwn(chat, chat.template().get());
        }
        return template.orElseThrow(() -> missing(model)).render(chat.prompt());
    }

    private String renderOwn(Prompt.Chat chat, String source) {
        Map<String, Object> defined = new LinkedHashMap<>();
        defined.put("bos_token", "");
        defined.put("eos_token", "");
        defined.putAll(tokens);
        try {
            return ChatTemplates.ofRequest(source).withTokens(defined).render(chat.prompt());
        } catch (UnsupportedTemplateException | ChatTemplateException failure) {
            throw new InvalidRequestException("chat_template", failure.getMessage());
        }
    }

    private static InvalidRequestException missing(String model) {
        return new InvalidRequestException(
                "messages",
                ("model %s has no chat template; use a text completion, or load it with a template"
                                + " by name")
                        .formatted(model));
    }
}
