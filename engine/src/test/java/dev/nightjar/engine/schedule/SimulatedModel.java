package dev.nightjar.engine.schedule;

import dev.nightjar.engine.cache.BlockCopy;
import java.util.Arrays;

/**
 * A language model of integers. As in a transformer, what it stores for a token depends on all
 * tokens before it, and the next token depends on everything stored; the history is read from the
 * paged memory alone. A block reused wrongly, overwritten or not copied changes the completion.
 */
final class SimulatedModel {

    static final int VOCAB_SIZE = 5;
    static final int STOP_TOKEN = 0;
    private static final int GARBAGE = 0x5eed;

    private final int blockSize;
    private final int[] memory; // [B * P]

    SimulatedModel(int numBlocks, int blockSize) {
        this.blockSize = blockSize;
        memory = new int[numBlocks * blockSize];
        Arrays.fill(memory, GARBAGE);
    }

    void copy(BlockCopy copy) {
        System.arraycopy(
                memory,
                copy.fromBlock() * blockSize,
                memory,
                copy.toBlock() * blockSize,
                copy.numTokens());
    }

    /** Stores what the tokens of the share leave behind. */
    void write(ScheduledSequence share) {
        Sequence sequence = share.sequence();
        for (int p = share.firstToken(); p < share.endToken(); p++) {
            int before = p == 0 ? seed(sequence.cacheSalt()) : memory[slot(sequence, p - 1)];
            memory[slot(sequence, p)] = mix(before, sequence.token(p));
        }
    }

    /** What a step that broke down half way leaves behind. */
    void spoil(SchedulerOutput output) {
        for (BlockCopy copy : output.copies()) {
            int start = copy.toBlock() * blockSize;
            Arrays.fill(memory, start, start + copy.numTokens(), GARBAGE);
        }
        for (ScheduledSequence share : output.scheduled()) {
            for (int p = share.firstToken(); p < share.endToken(); p++) {
                memory[slot(share.sequence(), p)] = GARBAGE;
            }
        }
    }

    /** The token after the share's last one. */
    int next(ScheduledSequence share) {
        int state = 0;
        for (int p = 0; p < share.endToken(); p++) {
            state = mix(state, memory[slot(share.sequence(), p)]);
        }
        return choose(state);
    }

    /** The completion of a prompt, computed without blocks, batches or a scheduler. */
    static int[] complete(PlannedRequest request) {
        int[] tokens = Arrays.copyOf(request.prompt(), request.maxTokens());
        int length = request.prompt().length;
        boolean isEnded = false;
        while (!isEnded) {
            int stored = seed(request.salt());
            int state = 0;
            for (int p = 0; p < length; p++) {
                stored = mix(stored, tokens[p]);
                state = mix(state, stored);
            }
            tokens[length++] = choose(state);
            isEnded = length == tokens.length || tokens[length - 1] == STOP_TOKEN;
        }
        return Arrays.copyOfRange(tokens, request.prompt().length, length);
    }

    private int slot(Sequence sequence, int position) {
        return sequence.blocks().get(position / blockSize) * blockSize + position % blockSize;
    }

    private static int seed(String salt) {
        return salt.hashCode() + 1;
    }

    private static int mix(int state, int value) {
        int mixed = (state ^ value) * 0x9E3779B1 + value;
        return mixed ^ mixed >>> 15;
    }

    /** Stops rarely, so that completions reach their limit more often than not. */
    private static int choose(int state) {
        int draw = Math.floorMod(state * 0x85EBCA6B >>> 7, 100);
        return draw < 2 ? STOP_TOKEN : 1 + draw % (VOCAB_SIZE - 1);
    }
}
