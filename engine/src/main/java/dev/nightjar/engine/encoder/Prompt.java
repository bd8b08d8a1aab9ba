package dev.nightjar.engine.encoder;

import java.util.Objects;

/** What stands in front of a text that becomes a vector. */
public sealed interface Prompt {

    /** What the model's files say: its default prompt, if it has one. */
    record Standard() implements Prompt {}

    /**
     * One of those that the model's files name.
     *
     * @param name as there, for instance {@code query}
     */
    record Named(String name) implements Prompt {

        /** Requires the name. */
        public Named {
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * This text.
     *
     * @param text possibly empty, for none
     */
    record Text(String text) implements Prompt {

        /** Requires the text. */
        public Text {
            Objects.requireNonNull(text, "text");
        }
    }
}
