package dev.nightjar.engine.run;

import dev.nightjar.engine.model.CausalLm;
import dev.nightjar.engine.model.encoder.EncoderBatch;
import dev.nightjar.engine.model.encoder.GrowingMatrix;
import dev.nightjar.engine.model.encoder.HiddenStates;
import dev.nightjar.engine.nn.ForwardBatch;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.KvLayerSpec;
import dev.nightjar.kernels.backend.KvSpec;
import dev.nightjar.kernels.backend.KvStore;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.tensor.DType;
import java.util.List;
import java.util.Optional;

/**
 * Hidden states of a decoder behind its last norm: a token's depend on those before it. A step is
 * computed in passes of whole sequences; a sequence that is longer than a pass has several, which
 * see what the earlier ones left in the cache. Nothing stays in the cache from one sequence to the
 * next. Engine thread only.
 */
public final class CausalStates implements HiddenStates {

    /** Small, as many texts are short and each begins a block. */
    private static final int BLOCK = 16;

    private final Backend backend;
    private final CausalLm model;
    private final DType cacheType;
    private final int passTokens;
    private final ForwardBatch pass;
    private final GrowingMatrix rows;
    private Optional<KvStore> cache = Optional.empty();

    /**
     * Allocates what passes need but the cache.
     *
     * @param model with room for passes of {@code passTokens} tokens
     * @param hiddenSize C
     * @param cacheType elements of keys and values
     * @param maxTokens most tokens of a sequence
     */
    public CausalStates(
            Backend backend,
            CausalLm model,
            int hiddenSize,
            DType cacheType,
            int passTokens,
            int maxTokens) {
        this.backend = backend;
        this.model = model;
        this.cacheType = cacheType;
        this.passTokens = passTokens;
        pass = new ForwardBatch(backend, passTokens, passTokens, maxTokens, BLOCK);
        rows = new GrowingMatrix(backend, passTokens, hiddenSize);
    }

    /** Bytes of the cache of a step whose sequences fit into passes. */
    public static long cacheBytes(List<KvLayerSpec> layers, DType cacheType, int passTokens) {
        KvSpec spec = KvSpec.of(layers, cacheType, BLOCK, grown(blocks(2 * passTokens)));
        return spec.numBlocks() * spec.blockBytes();
    }

    /** So that a pool that is too small is not followed by another one soon. */
    private static int grown(int numBlocks) {
        return Integer.highestOneBit(numBlocks - 1) << 1;
    }

    @Override
    public Matrix compute(EncoderBatch batch) {
        Matrix out = rows.withRows(batch.numTokens());
        KvStore kv = cache(batch);
        int next = 0;
        while (next < batch.numSequences()) {
            next =
                    length(batch, next) > passTokens
                            ? alone(batch, next, kv, out)
                            : together(batch, next, kv, out);
        }
        return out;
    }

    private static int length(EncoderBatch batch, int sequence) {
        int[] starts = batch.starts().host();
        return starts[sequence + 1] - starts[sequence];
    }

    /** Sequences from {@code first} on in one pass; returns the next one. */
    private int together(EncoderBatch batch, int first, KvStore kv, Matrix out) {
        pass.clear();
        int block = 0;
        int next = first;
        while (next < batch.numSequences()
                && pass.numTokens() + length(batch, next) <= passTokens
                && block + blocks(length(batch, next)) <= kv.spec().numBlocks()) {
            int length = length(batch, next);
            add(batch, next++, block, 0, length);
            block += blocks(length);
        }
        run(kv, out, batch.starts().host()[first]);
        return next;
    }

    /** A long sequence in passes of its own; returns the next one. */
    private int alone(EncoderBatch batch, int sequence, KvStore kv, Matrix out) {
        int length = length(batch, sequence);
        for (int from = 0; from < length; from += passTokens) {
            pass.clear();
            add(batch, sequence, 0, from, Math.min(length, from + passTokens));
            run(kv, out, batch.starts().host()[sequence] + from);
        }
        return sequence + 1;
    }

    /** Tokens {@code [from, end)} of a sequence whose context has blocks from {@code block} on. */
    private void add(EncoderBatch batch, int sequence, int block, int from, int end) {
        pass.beginSequence(end);
        for (int i = 0; i < blocks(end); i++) {
            pass.setBlock(i, block + i);
        }
        int start = batch.starts().host()[sequence];
        for (int position = from; position < end; position++) {
            pass.addToken(batch.ids().host()[start + position], position);
        }
    }

    private void run(KvStore kv, Matrix out, int firstRow) {
        pass.commit();
        Matrix states = model.hiddenStates(pass, kv);
        long offset = out.offset() + (long) firstRow * out.rowStride();
        Matrix target = new Matrix(out.buffer(), offset, out.rowStride(), out.cols());
        backend.copy(states, pass.numTokens(), target);
    }

    private static int blocks(int tokens) {
        return Math.ceilDiv(tokens, BLOCK);
    }

    /** Room for a pass of texts that are not all tiny, or for the longest sequence. */
    private KvStore cache(EncoderBatch batch) {
        int needed = blocks(2 * passTokens);
        for (int s = 0; s < batch.numSequences(); s++) {
            needed = Math.max(needed, blocks(length(batch, s)));
        }
        if (cache.isEmpty() || cache.get().spec().numBlocks() < needed) {
            KvSpec spec = KvSpec.of(model.cacheSpec(), cacheType, BLOCK, grown(needed));
            close();
            cache = Optional.of(backend.allocateKv(spec));
        }
        return cache.get();
    }

    @Override
    public void close() {
        cache.ifPresent(KvStore::close);
        cache = Optional.empty();
    }
}
