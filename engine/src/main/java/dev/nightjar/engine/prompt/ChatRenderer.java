package dev.nightjar.engine.prompt;

import dev.nightjar.engine.answer.AnswerStyle;
import dev.nightjar.engine.answer.part.Beginning;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.tokenizer.mistral.MistralPrompt;
import dev.nightjar.tokenizer.template.ChatPrompt;
import dev.nightjar.tokenizer.template.ChatTemplate;
import dev.nightjar.tokenizer.template.ChatTemplateException;
import dev.nightjar.tokenizer.template.ChatTemplates;
import dev.nightjar.tokenizer.template.UnsupportedTemplateException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes prompts of the conversations of a model: text by a template, or ids in the format of
 * Mistral's own tokenizer files. Safe for use by many threads.
 */
public final class ChatRenderer {

    private final Optional<ChatTemplate> template;
    private final Optional<MistralPrompt> format;
    private final Map<String, Object> tokens;
    private final AnswerChoice choice;
    private final ChatStyle style;

    /**
     * Of a model.
     *
     * @param template empty if the model has none
     * @param tokens special tokens by the names that templates know, such as {@code bos_token}
     * @param choice what decides how its answers are read
     */
    public ChatRenderer(
            Optional<ChatTemplate> template, Map<String, Object> tokens, AnswerChoice choice) {
        this.template = template.map(known -> known.withTokens(tokens));
        this.format = Optional.empty();
        this.tokens = Map.copyOf(tokens);
        this.choice = choice;
        this.style =
                this.template.map(known -> ChatStyle.of(known, choice)).orElseGet(ChatStyle::none);
    }

    private ChatRenderer(MistralPrompt format, Map<String, Object> tokens, AnswerChoice choice) {
        this.template = Optional.empty();
        this.format = Optional.of(format);
        this.tokens = Map.copyOf(tokens);
        this.choice = choice;
        this.style = ChatStyle.ofMistral(choice);
    }

    /**
     * Of a model without a template, whose tokenizer file says how conversations become ids.
     *
     * @param tokens as for a template, for those that come with a conversation
     */
    public static ChatRenderer ofIds(
            MistralPrompt format, Map<String, Object> tokens, AnswerChoice choice) {
        return new ChatRenderer(format, tokens, choice);
    }

    /** How the model writes its answers. */
    public AnswerStyle answers() {
        return style.answers();
    }

    /** Whether the model knows how conversations are written. */
    public boolean isKnown() {
        return template.isPresent() || format.isPresent();
    }

    /**
     * The ids of a conversation, and how its answer is read: control tokens in its messages stay
     * text where the model's format is one of ids.
     *
     * @param own a Jinja source to render it with instead of the model's template
     * @param model its name, for messages
     * @param encoder makes ids of rendered text
     * @throws InvalidRequestException as {@link #render}
     * @throws ChatTemplateException as {@link #render}
     */
    public PreparedChat prepare(
            ChatPrompt prompt,
            Optional<String> own,
            String model,
            Function<String, int[]> encoder) {
        if (format.isPresent() && own.isEmpty()) {
            return new PreparedChat(format.get().encode(prompt), style.answers(), Beginning.START);
        }
        AnswerStyle answers = own.map(this::answersOf).orElse(style.answers());
        String text = render(prompt, own, model);
        return new PreparedChat(encoder.apply(text), answers, answers.beginning(text));
    }

    /**
     * The text of a conversation, for people where the format is one of ids: by its own template or
     * else the model's.
     *
     * @param own a Jinja source to render it with instead of the model's template
     * @param model its name, for messages
     * @throws InvalidRequestException if the conversation's own template cannot be used or fails,
     *     or there is none at all
     * @throws ChatTemplateException if the model's template refuses the conversation
     */
    public String render(ChatPrompt prompt, Optional<String> own, String model) {
        if (own.isPresent()) {
            return renderOwn(prompt, own.get());
        }
        if (format.isPresent()) {
            return format.get().text(format.get().encode(prompt));
        }
        return template.orElseThrow(() -> missing(model)).render(style.fit(prompt));
    }

    private String renderOwn(ChatPrompt prompt, String source) {
        try {
            return own(source).render(prompt);
        } catch (UnsupportedTemplateException | ChatTemplateException failure) {
            throw new InvalidRequestException("chat_template", failure.getMessage());
        }
    }

    private AnswerStyle answersOf(String source) {
        try {
            return ChatStyle.answers(own(source), choice);
        } catch (UnsupportedTemplateException failure) {
            throw new InvalidRequestException("chat_template", failure.getMessage());
        }
    }

    private ChatTemplate own(String source) {
        Map<String, Object> defined = new LinkedHashMap<>();
        defined.put("bos_token", "");
        defined.put("eos_token", "");
        defined.putAll(tokens);
        return ChatTemplates.ofRequest(source).withTokens(defined);
    }

    private static InvalidRequestException missing(String model) {
        return new InvalidRequestException(
                "messages",
                ("model %s has no chat template; use a text completion, or load it with a template"
                                + " by name")
                        .formatted(model));
    }
}
