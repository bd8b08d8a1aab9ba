package dev.nightjar.engine.text;

import dev.nightjar.tokenizer.template.ChatMessage;
import dev.nightjar.tokenizer.template.ChatPrompt;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a completion continues. */
public sealed interface Prompt {

    /** Plain text, continued as it stands; the model's BOS is added if it wants one. */
    record Text(String text) implements Prompt {}

    /**
     * A conversation.
     *
     * @param prompt its messages, and what else the template is rendered with
     * @param template a Jinja source to render it with instead of the model's chat template
     */
    record Chat(ChatPrompt prompt, Optional<String> template) implements Prompt {
        /** Messages, rendered with the model's chat template. */
        public Chat(List<ChatMessage> messages) {
            this(ChatPrompt.of(messages), Optional.empty());
        }
    }

    /** Token ids, taken as they are; nothing is added. */
    record Tokens(int[] ids) implements Prompt {
        /** Copies the ids. */
        public Tokens {
            ids = ids.clone();
        }

        /** A copy of the ids. */
        @Override
        public int[] ids() {
            return ids.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Tokens tokens && Arrays.equals(ids, tokens.ids);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(ids);
        }

        @Override
        public String toString() {
            return "Tokens" + Arrays.toString(ids);
        }
    }
}
