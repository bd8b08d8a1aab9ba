package dev.nightjar.engine.registry;

import dev.nightjar.engine.checkpoint.Checkpoint;
import dev.nightjar.engine.prompt.AnswerChoice;
import dev.nightjar.engine.prompt.ChatRenderer;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.Vocabulary;
import dev.nightjar.tokenizer.mistral.MistralPrompt;
import dev.nightjar.tokenizer.template.ChatTemplate;
import dev.nightjar.tokenizer.template.ChatTemplates;
import dev.nightjar.tokenizer.template.TemplateSources;
import dev.nightjar.tokenizer.template.UnsupportedTemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds how a model's conversations are written: by the template that was asked for, by the
 * checkpoint's own, or as ids in the format of its tokenizer file.
 */
final class ChatTemplateChoice {

    private ChatTemplateChoice() {}

    /**
     * How the model's conversations are rendered.
     *
     * @throws UnsupportedTemplateException if the template cannot be used
     * @throws dev.nightjar.engine.request.InvalidRequestException if the answer format is unknown
     * @throws dev.nightjar.tokenizer.TokenizerException if the vocabulary lacks control tokens
     */
    static ChatRenderer of(
            Checkpoint checkpoint, Optional<Tokenizer> tokenizer, LoadOptions options) {
        Map<String, Object> tokens =
                tokenizer.map(known -> tokens(known.vocabulary())).orElse(Map.of());
        AnswerChoice answers = AnswerChoice.of(tokenizer, options.answerFormat());
        if (options.chatTemplate().isPresent()) {
            String wanted = options.chatTemplate().get();
            return wanted.equals(LoadOptions.NO_TEMPLATE)
                    ? new ChatRenderer(Optional.empty(), tokens, answers)
                    : new ChatRenderer(Optional.of(wanted(wanted)), tokens, answers);
        }
        Optional<TemplateSources> own = checkpoint.chatTemplates();
        if (own.isEmpty() && tokenizer.isPresent() && checkpoint.promptFormat().isPresent()) {
            return ChatRenderer.ofIds(
                    MistralPrompt.of(tokenizer.get(), checkpoint.promptFormat().get()),
                    tokens,
                    answers);
        }
        Map<String, Object> all = new LinkedHashMap<>(tokens);
        own.ifPresent(sources -> all.putAll(sources.tokens()));
        return new ChatRenderer(
                own.map(sources -> ChatTemplates.of(sources.sources())), all, answers);
    }

    /** A template by name, or a file with its source. */
    private static ChatTemplate wanted(String wanted) {
        Path file = Path.of(wanted);
        if (ChatTemplates.names().contains(wanted) || !Files.isRegularFile(file)) {
            return ChatTemplates.named(wanted);
        }
        try {
            return ChatTemplates.of(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UnsupportedTemplateException(
                    "the chat template %s cannot be read: %s"
                            .formatted(file, unreadable.getMessage()));
        }
    }

    private static Map<String, Object> tokens(Vocabulary vocabulary) {
        Map<String, Object> tokens = new LinkedHashMap<>();
        put(tokens, "bos_token", vocabulary.bos(), vocabulary);
        put(tokens, "eos_token", vocabulary.eos(), vocabulary);
        put(tokens, "unk_token", vocabulary.unknown(), vocabulary);
        put(tokens, "pad_token", vocabulary.padding(), vocabulary);
        return tokens;
    }

    private static void put(
            Map<String, Object> tokens, String name, OptionalInt id, Vocabulary vocabulary) {
        id.ifPresent(known -> tokens.put(name, vocabulary.token(known)));
    }
}
