package dev.nightjar.engine.text;

import dev.nightjar.tokenizer.template.ChatMessage;
import java.util.Arrays;
import java.util.List;

/** What a completion continues. */
public sealed interface Prompt {

    /** Plain text, continued as it stands; the model's BOS is added if it wants one. */
    record Text(String text) implements Prompt {}

    /** A conversation, rendered with the model's chat template. */
    record Chat(List<ChatMessage> messages) implements Prompt {
        /** Copies the list. */
        public Chat {
            messages = List.copyOf(messages);
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
