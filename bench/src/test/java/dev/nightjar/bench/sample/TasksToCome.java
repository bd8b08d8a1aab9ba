package dev.nightjar.bench.sample;

import java.util.Set;

/** Tasks that the documents describe and the server answers with 501 so far. */
final class TasksToCome {

    /** Whoever builds a task takes its name out, and its samples must then get real answers. */
    static final Set<String> NAMES =
            Set.of("transcript", "generate-speech", "generate-image", "translate");

    private TasksToCome() {}
}
