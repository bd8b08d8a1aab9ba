package dev.nightjar.tokenizer.template;

import dev.nightjar.tokenizer.jinja.value.JinjaException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Renders a conversation as the prompt text that a checkpoint was trained on. Immutable, safe for
 * use by many threads.
 *
 * <p>A checkpoint may have several templates: {@code tool_use} is taken when there are tools,
 * {@code rag} when there are documents and no tools, {@code default} otherwise.
 */
public final class ChatTemplate {
    /** The name of the template that is taken when no other fits better. */
    public static final String DEFAULT = "default";

    private static final String WITH_TOOLS = "tool_use";
    private static final String WITH_DOCUMENTS = "rag";

    private final Map<String, CompiledTemplate> variants;
    private final Map<String, Object> tokens;
    private final Clock clock;

    ChatTemplate(Map<String, CompiledTemplate> variants, Map<String, Object> tokens, Clock clock) {
        this.variants = Map.copyOf(variants);
        this.tokens = Map.copyOf(tokens);
        this.clock = clock;
    }

    /**
     * The same for a vocabulary with these special tokens: texts by names such as {@code
     * bos_token}, or lists of them.
     */
    public ChatTemplate withTokens(Map<String, ?> value) {
        return new ChatTemplate(variants, Map.copyOf(value), clock);
    }

    /** The same with another clock, which templates that print the date read. */
    public ChatTemplate withClock(Clock value) {
        return new ChatTemplate(variants, tokens, value);
    }

    /** Whether a text, such as a control token, stands in the source of one of the templates. */
    public boolean mentions(String text) {
        return variants.values().stream()
                .anyMatch(variant -> variant.jinja().source().contains(text));
    }

    /**
     * The prompt text of these messages, ending where the assistant is to continue.
     *
     * @throws ChatTemplateException if there is no message, or the template refuses them
     */
    public String render(List<ChatMessage> messages) {
        return render(ChatPrompt.of(messages));
    }

    /**
     * The prompt text.
     *
     * <p>The text is encoded with control tokens recognised. The spelling of a control token inside
     * the content of a message therefore becomes that control token: a caller who does not trust
     * the content must refuse such spellings.
     *
     * @throws ChatTemplateException with line and column, if the template fails on these messages,
     *     refuses them or exceeds its limits
     */
    public String render(ChatPrompt prompt) {
        CompiledTemplate template = choose(prompt);
        ChatPrompt fitted = template.fit(prompt);
        try {
            return template.jinja().render(variables(fitted), clock);
        } catch (JinjaException failure) {
            throw new ChatTemplateException(describe(failure), failure);
        }
    }

    private CompiledTemplate choose(ChatPrompt prompt) {
        boolean hasTools = prompt.tools().filter(tools -> !tools.isEmpty()).isPresent();
        boolean hasDocuments = prompt.documents().filter(list -> !list.isEmpty()).isPresent();
        String wanted = hasTools ? WITH_TOOLS : hasDocuments ? WITH_DOCUMENTS : DEFAULT;
        return variants.getOrDefault(wanted, variants.get(DEFAULT));
    }

    private Map<String, Object> variables(ChatPrompt prompt) {
        Map<String, Object> variables = new LinkedHashMap<>(tokens);
        variables.putAll(prompt.variables());
        variables.put(
                "messages",
                prompt.messages().stream()
                        .map(ToolArguments::parsed)
                        .map(ChatMessage::members)
                        .toList());
        variables.put("tools", prompt.tools().orElse(null));
        variables.put("documents", prompt.documents().orElse(null));
        variables.put("add_generation_prompt", prompt.ending() == ChatPrompt.Ending.ASSISTANT_TURN);
        return variables;
    }

    private static String describe(JinjaException failure) {
        return switch (failure.kind()) {
            case RAISED -> "the chat template refuses these messages: " + failure.getMessage();
            case LIMIT -> "the chat template exceeds a limit: " + failure.getMessage();
            default -> "the chat template fails: " + failure.getMessage();
        };
    }
}
