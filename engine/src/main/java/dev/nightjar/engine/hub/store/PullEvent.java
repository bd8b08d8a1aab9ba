package dev.nightjar.engine.hub.store;

import dev.nightjar.engine.hub.HubFile;
import java.time.Duration;

/** What happens while a model is pulled. */
public sealed interface PullEvent {

    /**
     * It begins; the first event.
     *
     * @param plan what is going to be done
     */
    record Started(PullPlan plan) implements PullEvent {}

    /**
     * Bytes of a file came.
     *
     * @param file which
     * @param bytes how many are here by now; fewer than before if the file was begun anew
     */
    record Advanced(HubFile file, long bytes) implements PullEvent {}

    /**
     * A transfer failed and is tried again.
     *
     * @param file of which file
     * @param reason what failed
     * @param delay until the next try
     */
    record Retrying(HubFile file, String reason, Duration delay) implements PullEvent {}

    /**
     * A file is there and verified.
     *
     * @param file which
     */
    record Finished(HubFile file) implements PullEvent {}
}
