package dev.nightjar.engine.schedule;

import java.util.Comparator;
import java.util.List;

/** Who comes first and who has to yield. Deterministic; called on the engine thread. */
public interface SchedulingPolicy {

    /**
     * The most urgent sequence first, both for admission and among running ones. The order of two
     * sequences never changes; equals are served in order of arrival.
     */
    Comparator<Sequence> order();

    /** A sequence arrives; its rank, if the order looks at it, is set here. */
    default void arrive(Sequence sequence) {}

    /** A sequence gets blocks, for the first time or again. */
    default void admit(Sequence sequence) {}

    /**
     * Chooses the sequence that gives up its blocks and is computed again later. To rule out
     * livelock, the most urgent unpaused sequence is only chosen when it is alone.
     *
     * @param running candidates in this policy's order, at least one
     * @return one of them
     */
    Sequence victim(List<Sequence> running);
}
