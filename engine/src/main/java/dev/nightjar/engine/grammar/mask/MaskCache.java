package dev.nightjar.engine.grammar.mask;

import dev.nightjar.engine.grammar.rule.TokenSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The masks that were used last, of all grammars of a vocabulary, within a bound of memory. Safe
 * for use by many threads.
 */
public final class MaskCache {

    /** What an entry takes beside its mask, roughly. */
    private static final int OVERHEAD_BYTES = 200;

    private final long maxBytes;
    private final Map<Stacks, TokenSet> masks = new LinkedHashMap<>(16, 0.75f, true);
    private long usedBytes;

    /** An empty cache. */
    public MaskCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** A mask that is remembered, or null. */
    synchronized TokenSet find(Stacks stacks) {
        return masks.get(stacks);
    }

    synchronized void remember(Stacks stacks, TokenSet mask) {
        if (masks.put(stacks, mask) == null) {
            usedBytes += mask.sizeBytes() + OVERHEAD_BYTES;
        }
        var oldest = masks.entrySet().iterator();
        while (usedBytes > maxBytes && oldest.hasNext()) {
            usedBytes -= oldest.next().getValue().sizeBytes() + OVERHEAD_BYTES;
            oldest.remove();
        }
    }
}
