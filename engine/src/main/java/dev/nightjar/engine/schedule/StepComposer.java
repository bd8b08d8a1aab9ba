package dev.nightjar.engine.schedule;

import dev.nightjar.engine.cache.BlockCopy;
import dev.nightjar.engine.cache.KvCacheManager;
import dev.nightjar.engine.cache.PrefixMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Composes steps under their token budget: the next token of every running stream, then prompt
 * chunks of running sequences, then of newly admitted ones. Allocates nothing while streams run on.
 */
final class StepComposer {

    /**
     * A token of a prompt for so many streams is taken in any case, so that prompts go on beside
     * many streams, too. With more, streams that run would slow each other down for as long as
     * others come; with as few, those wait until some have ended.
     */
    static final int STREAMS_PER_PROMPT_TOKEN = 2;

    private final SchedulerConfig config;
    private final KvCacheManager cache;
    private final SequenceQueues queues;
    private final SchedulerOutput output = new SchedulerOutput();

    /** Who ran when the step began; walked while sequences are moved. */
    private final List<Sequence> running = new ArrayList<>();

    private int maxSequences;
    private int maxPromptTokens = Integer.MAX_VALUE;

    /** Most tokens of prompts in the step, by the streams that ran on before any lost its place. */
    private int promptLimit;

    StepComposer(SchedulerConfig config, KvCacheManager cache, SequenceQueues queues) {
        this.config = config;
        this.cache = cache;
        this.queues = queues;
        this.maxSequences = config.maxSequences();
    }

    /** Admits while fewer run; those that run already stay. At most what the config says. */
    void allowSequences(int value) {
        maxSequences = Math.clamp(value, 1, config.maxSequences());
    }

    /**
     * Gives prompts at most so many tokens beside streams, but no fewer than half as many as
     * streams.
     */
    void allowPromptTokens(int value) {
        maxPromptTokens = Math.max(1, value);
    }

    private int promptLimit(int numStreams) {
        return numStreams == 0
                ? Integer.MAX_VALUE
                : Math.max(maxPromptTokens, numStreams / STREAMS_PER_PROMPT_TOKEN);
    }

    /** The next step; valid until this is called again. */
    SchedulerOutput compose() {
        output.clear();
        promptLimit = Integer.MAX_VALUE;
        queues.copyRunning(running);
        for (int i = 0; i < running.size(); i++) {
            if (running.get(i).numUncomputedTokens() == 1) {
                extend(running.get(i));
            }
        }
        output.endStreams();
        promptLimit = promptLimit(output.numStreams());
        for (int i = 0; i < running.size(); i++) {
            if (running.get(i).numUncomputedTokens() > 1) {
                extend(running.get(i));
            }
        }
        if (output.preempted().isEmpty()) {
            admitInOrder();
        }
        return output;
    }

    /** Gives a running sequence its part of the budget, at the cost of others if it must. */
    private void extend(Sequence sequence) {
        int first = sequence.numComputedTokens();
        int wanted = Math.min(budget(), sequence.numUncomputedTokens());
        while (wanted > 0 && isSchedulable(sequence)) {
            int count = (int) Math.min(wanted, cache.reachableTokens(sequence) - first);
            if (count > 0 && cache.allocate(sequence, first + count)) {
                addShare(sequence, first, count);
                return;
            }
            preempt(queues.victim());
        }
    }

    private static boolean isSchedulable(Sequence sequence) {
        return sequence.state() == Sequence.State.RUNNING && !sequence.isPaused();
    }

    /** Admits while the budget lasts; who does not fit keeps those behind it waiting. */
    private void admitInOrder() {
        boolean isAdmitted = true;
        while (isAdmitted && budget() > 0 && queues.numWaiting() > 0 && mayHavePlace()) {
            isAdmitted = queues.nextWaiting().filter(this::admit).isPresent();
        }
    }

    private boolean mayHavePlace() {
        return queues.numRunning() < maxSequences || queues.isAnyPaused();
    }

    /** Admits one sequence; paused ones give up their place and their blocks for it. */
    private boolean admit(Sequence sequence) {
        while (queues.numRunning() >= maxSequences) {
            if (!preemptPaused()) {
                return false;
            }
        }
        PrefixMatch match = cache.match(sequence);
        if (isBeingComputed(sequence, match.numTokens())) {
            return false;
        }
        while (!start(sequence, match)) {
            if (!preemptPaused()) {
                return false;
            }
            match = cache.match(sequence);
        }
        return true;
    }

    private boolean preemptPaused() {
        Optional<Sequence> victim = queues.pausedVictim();
        victim.ifPresent(this::preempt);
        return victim.isPresent();
    }

    /**
     * Whether this step computes what the sequence would find in the cache one step later, and
     * worth the wait: at least a block, or all of it but the last token; choices of one request, or
     * a burst of requests with a common start.
     */
    private boolean isBeingComputed(Sequence sequence, int numCached) {
        int block = numCached + cache.blockSize();
        int rest = sequence.numTokens() - 1;
        return output.scheduled().stream()
                .anyMatch(
                        share ->
                                block <= rest && computes(share, sequence, block)
                                        || rest > numCached
                                                && endsPrompt(share)
                                                && computes(share, sequence, rest));
    }

    private static boolean computes(ScheduledSequence share, Sequence sequence, int length) {
        return share.endToken() >= length && share.sequence().hasCommonPrefix(sequence, length);
    }

    /** Only then is a partially filled last block shared. */
    private static boolean endsPrompt(ScheduledSequence share) {
        return share.endToken() == share.sequence().numPromptTokens();
    }

    /** A copy's source takes up a block for the step; without one to spare, compute instead. */
    private boolean start(Sequence sequence, PrefixMatch match) {
        return startFrom(sequence, match)
                || match.partial().isPresent() && startFrom(sequence, match.withoutPartial());
    }

    private boolean startFrom(Sequence sequence, PrefixMatch match) {
        int cached = match.numTokens();
        int count = Math.min(budget(), sequence.numTokens() - cached);
        if (!cache.admit(sequence, match, cached + count)) {
            return false;
        }
        int numShared = match.fullBlocks().size();
        match.partial().map(from -> copyTo(sequence, numShared, from)).ifPresent(output::add);
        queues.admit(sequence);
        // What is copied counts as computed only when the step that copies has been updated.
        sequence.admitted(cached, numShared * cache.blockSize());
        addShare(sequence, cached, count);
        return true;
    }

    private static BlockCopy copyTo(Sequence sequence, int index, PrefixMatch.PartialBlock from) {
        return new BlockCopy(from.block(), sequence.blocks().get(index), from.numTokens());
    }

    private void addShare(Sequence sequence, int first, int count) {
        sequence.share().set(first, count);
        output.add(sequence.share());
    }

    /** Tokens that the step may still take. */
    private int budget() {
        int rest = config.maxBatchedTokens() - output.numTokens();
        return Math.min(rest, promptLimit - output.numPromptTokens());
    }

    private void preempt(Sequence victim) {
        output.preempt(victim);
        cache.release(victim, victim.numComputedTokens());
        queues.preempt(victim);
        victim.preempted();
    }
}
