package dev.nightjar.tokenizer.template;

import dev.nightjar.tokenizer.jinja.JinjaTemplate;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes templates: of a checkpoint, of a client, or one by name. */
public final class ChatTemplates {
    /** The names that other engines know, too; each is a resource beside this class. */
    private static final List<String> NAMES =
            List.of(
                    "bailing",
                    "chatglm3",
                    "chatglm4",
                    "chatml",
                    "command-r",
                    "deepseek",
                    "deepseek2",
                    "deepseek3",
                    "exaone3",
                    "falcon3",
                    "gemma",
                    "gigachat",
                    "glmedge",
                    "granite",
                    "llama2",
                    "llama2-sys",
                    "llama2-sys-bos",
                    "llama2-sys-strip",
                    "llama3",
                    "llama4",
                    "megrez",
                    "minicpm",
                    "mistral-v1",
                    "mistral-v3",
                    "mistral-v3-tekken",
                    "mistral-v7",
                    "mistral-v7-tekken",
                    "monarch",
                    "openchat",
                    "orion",
                    "phi3",
                    "phi4",
                    "seed_oss",
                    "vicuna",
                    "vicuna-orca",
                    "yandex",
                    "zephyr");

    private ChatTemplates() {}

    /**
     * The only template of a checkpoint.
     *
     * @param source Jinja
     * @throws UnsupportedTemplateException with line and column, if it cannot be used
     */
    public static ChatTemplate of(String source) {
        return of(Map.of(ChatTemplate.DEFAULT, source));
    }

    /**
     * The templates of a checkpoint by name; without one named {@code default}, the first is it.
     *
     * @throws UnsupportedTemplateException with line and column, if one of them cannot be used
     */
    public static ChatTemplate of(Map<String, String> sources) {
        Map<String, CompiledTemplate> variants = new LinkedHashMap<>();
        sources.forEach(
                (name, source) ->
                        variants.put(
                                name,
                                TemplateProbe.examine(
                                        compile(
                                                source,
                                                JinjaTemplate::ofCheckpoint,
                                                "of the checkpoint cannot be used: %s; choose one"
                                                        + " by name, such as --chat-template"
                                                        + " chatml, or use raw completions"))));
        if (variants.isEmpty()) {
            throw new UnsupportedTemplateException("expected at least one template, found none");
        }
        variants.putIfAbsent(ChatTemplate.DEFAULT, variants.values().iterator().next());
        return new ChatTemplate(variants, Map.of(), Clock.systemDefaultZone());
    }

    /**
     * The template that a client sent with its conversation. It gets the conversation as it is;
     * printing a name that it does not know fails.
     *
     * @throws UnsupportedTemplateException with line and column, if it cannot be used
     */
    public static ChatTemplate ofRequest(String source) {
        JinjaTemplate jinja = compile(source, JinjaTemplate::ofRequest, "cannot be used: %s");
        return new ChatTemplate(
                Map.of(ChatTemplate.DEFAULT, CompiledTemplate.asItIs(jinja)),
                Map.of(),
                Clock.systemDefaultZone());
    }

    /**
     * The template of this name.
     *
     * @throws UnsupportedTemplateException if there is none of this name
     */
    public static ChatTemplate named(String name) {
        if (!NAMES.contains(name)) {
            throw new UnsupportedTemplateException(
                    "unknown chat template \"%s\"; expected a file or one of %s"
                            .formatted(name, String.join(", ", NAMES)));
        }
        try (InputStream file = ChatTemplates.class.getResourceAsStream(name + ".jinja")) {
            return of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException("reading the template " + name + " failed", broken);
        }
    }

    /** The names that {@link #named} knows. */
    public static List<String> names() {
        return NAMES;
    }

    private static JinjaTemplate compile(
            String source, Function<String, JinjaTemplate> compiler, String message) {
        try {
            return compiler.apply(source);
        } catch (JinjaException failure) {
            throw new UnsupportedTemplateException(
                    "the chat template " + message.formatted(failure.getMessage()), failure);
        }
    }
}
