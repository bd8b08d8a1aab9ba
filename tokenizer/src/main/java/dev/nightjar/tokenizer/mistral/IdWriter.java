package dev.nightjar.tokenizer.mistral;

import dev.nightjar.tokenizer.Tokenizer;
import java.util.stream.IntStream;

/** Ids of a prompt, written from the front: texts, each encoded by itself, and control tokens. */
final class IdWriter {
    private final Tokenizer tokenizer;
    private final IntStream.Builder ids = IntStream.builder();

    IdWriter(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    void control(Control control) {
        ids.add(control.id(tokenizer.vocabulary()));
    }

    void text(String text) {
        for (int id : tokenizer.encode(text)) {
            ids.add(id);
        }
    }

    /** All ids; nothing may be written afterwards. */
    int[] finish() {
        return ids.build().toArray();
    }
}
