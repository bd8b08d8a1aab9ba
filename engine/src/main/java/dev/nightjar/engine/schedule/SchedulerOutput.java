package dev.nightjar.engine.schedule;

import dev.nightjar.engine.cache.BlockCopy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One step: the copies first, then all tokens in one batch. A scheduler has one such object and
 * fills it anew with each step, so that a running stream costs no memory per token: read it before
 * the next call of {@link Scheduler#schedule}.
 */
public final class SchedulerOutput {

    private final List<ScheduledSequence> shares = new ArrayList<>();
    private final List<BlockCopy> copies = new ArrayList<>();
    private final List<Sequence> preempted = new ArrayList<>();
    private final List<ScheduledSequence> sharesView = Collections.unmodifiableList(shares);
    private final List<BlockCopy> copiesView = Collections.unmodifiableList(copies);
    private final List<Sequence> preemptedView = Collections.unmodifiableList(preempted);
    private int numTokens;
    private int numStreams;

    SchedulerOutput() {}

    /** Each sequence at most once; running streams first, then prompt chunks. */
    public List<ScheduledSequence> scheduled() {
        return sharesView;
    }

    /** To be done before anything is computed. */
    public List<BlockCopy> copies() {
        return copiesView;
    }

    /** Sequences that lost their blocks to this step; none of them is scheduled. */
    public List<Sequence> preempted() {
        return preemptedView;
    }

    /** Tokens to compute in all, within the budget. */
    public int numTokens() {
        return numTokens;
    }

    /** Streams that run on in it, each by one token. */
    public int numStreams() {
        return numStreams;
    }

    /** Tokens beside those of running streams. */
    public int numPromptTokens() {
        return numTokens - numStreams;
    }

    /** Whether there is nothing to compute; such a step needs no update. */
    public boolean isEmpty() {
        return shares.isEmpty();
    }

    void clear() {
        shares.clear();
        copies.clear();
        preempted.clear();
        numTokens = 0;
        numStreams = 0;
    }

    void add(ScheduledSequence share) {
        shares.add(share);
        numTokens += share.numTokens();
    }

    /** What was added so far is of running streams, what follows of prompts. */
    void endStreams() {
        numStreams = shares.size();
    }

    void add(BlockCopy copy) {
        copies.add(copy);
    }

    /** Notes a sequence that lost its blocks and takes back its share, if it has one. */
    void preempt(Sequence victim) {
        int index = shares.indexOf(victim.share());
        if (index >= 0) {
            shares.remove(index);
            numTokens -= victim.share().numTokens();
            numStreams -= index < numStreams ? 1 : 0;
        }
        preempted.add(victim);
    }
}
