package dev.nightjar.engine.schedule;

import dev.nightjar.engine.request.Priority;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Weighted fair queueing: callers take turns by the tokens they bring, each at the weight of its
 * class.
 *
 * <p>A virtual clock stands at the rank of the sequence that was admitted last. A sequence gets its
 * rank on arrival, for good:
 *
 * <pre>
 *   rank = max(clock, rank of the caller's sequence before) + cost / weight of its class
 *   cost = prompt tokens + 256
 * </pre>
 *
 * The lowest rank goes first. So a caller alone is served in order of arrival; callers of one class
 * share what there is, however many requests one of them has queued; a caller of a higher class
 * overtakes what waits, 16 enterprise requests for one standard one of the same size. Nobody
 * starves: a rank stays what it is, while those of later arrivals grow with the clock and with each
 * request of their caller.
 *
 * <p>The victim of a preemption is the last in this order, but a paused sequence yields before any
 * that makes progress.
 */
public final class FairShare implements SchedulingPolicy {

    /** What a completion of unknown length is taken for. */
    private static final int EXPECTED_TOKENS = 256;

    /** Ranks are integers; the largest weight divides it. */
    private static final int SCALE = 16;

    private final Map<Flow, Long> lastRanks = new HashMap<>();
    private long clock;

    /** The requests of one caller in one class. */
    private record Flow(String salt, Priority priority) {}

    /** Creates the policy of one model. */
    public FairShare() {}

    @Override
    public void arrive(Sequence sequence) {
        Flow flow = new Flow(sequence.cacheSalt(), sequence.priority());
        long begin = Math.max(clock, lastRanks.getOrDefault(flow, 0L));
        long cost = (long) SCALE * (sequence.numPromptTokens() + EXPECTED_TOKENS);
        long rank = begin + cost / sequence.priority().weight();
        sequence.rankAt(rank);
        lastRanks.put(flow, rank);
    }

    @Override
    public void admit(Sequence sequence) {
        if (sequence.rank() > clock) {
            clock = sequence.rank();
            lastRanks.values().removeIf(rank -> rank <= clock); // as if they had never asked
        }
    }

    @Override
    public Comparator<Sequence> order() {
        return Comparator.comparingLong(Sequence::rank);
    }

    @Override
    public Sequence victim(List<Sequence> running) {
        return running.reversed().stream()
                .filter(Sequence::isPaused)
                .findFirst()
                .orElseGet(running::getLast);
    }
}
