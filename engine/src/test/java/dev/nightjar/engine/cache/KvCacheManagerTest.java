package dev.nightjar.engine.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.cache.PrefixMatch.PartialBlock;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Blocks of four tokens, ten of them unless a test says otherwise. */
class KvCacheManagerTest {

    private final KvCacheManager cache = new KvCacheManager(10, 4);

    @Test
    void anEmptyCacheMatchesNothing() {
        assertEquals(PrefixMatch.none(), cache.match(TokenList.range(0, 9)));
    }

    @Test
    void fullBlocksAreSharedAndTheRestOfABlockIsCopied() {
        TokenList first = compute(TokenList.range(0, 11));
        List<Integer> blocks = blocks(first);
        cache.release(first, 11);
        PrefixMatch match = cache.match(first.branch(10, 99, 98));
        assertEquals(blocks.subList(0, 2), match.fullBlocks());
        assertEquals(Optional.of(new PartialBlock(blocks.get(2), 2)), match.partial());
        assertEquals(10, match.numTokens());
    }

    @Test
    void runningSequencesShareTheirFullBlocks() {
        TokenList first = compute(TokenList.range(0, 10));
        TokenList second = first.branch(8, 50, 51);
        admit(second);
        assertEquals(blocks(first).subList(0, 2), blocks(second).subList(0, 2));
        assertNotEquals(blocks(first).get(2), blocks(second).get(2));
        cache.checkIntegrity(List.of(first, second), List.of());
        assertEquals(10 - 4, cache.numFreeBlocks());
    }

    @Test
    void oneTokenIsAlwaysLeftToCompute() {
        TokenList sequence = compute(TokenList.range(0, 8));
        cache.release(sequence, 8);
        PrefixMatch match = cache.match(TokenList.range(0, 8));
        assertEquals(7, match.numTokens());
        assertEquals(1, match.fullBlocks().size());
        assertEquals(3, match.partial().orElseThrow().numTokens());
    }

    @Test
    void theLongestOfSeveralCommonPrefixesIsCopied() {
        for (int[] tokens : new int[][] {{1, 2, 9}, {1, 2, 3, 9}, {1, 2, 3, 5}, {1, 4, 3}}) {
            TokenList sequence = compute(TokenList.of(tokens));
            cache.release(sequence, tokens.length);
        }
        assertEquals(3, cache.match(TokenList.of(1, 2, 3, 4, 5)).numTokens());
        assertEquals(2, cache.match(TokenList.of(1, 2, 7, 4, 5)).numTokens());
        assertEquals(1, cache.match(TokenList.of(1, 3, 3, 4, 5)).numTokens());
        assertEquals(0, cache.match(TokenList.of(2, 2, 3, 4, 5)).numTokens());
    }

    @Test
    void aBlockIsFoundUnderItsOwnPrefixOnly() {
        TokenList sequence = compute(TokenList.of(1, 1, 1, 1, 2, 2, 2, 2, 3));
        cache.release(sequence, 9);
        assertEquals(0, cache.match(TokenList.of(2, 2, 2, 2, 3)).numTokens());
        assertEquals(4, cache.match(TokenList.of(1, 1, 1, 1, 3, 2)).numTokens());
    }

    @Test
    void saltsDoNotShare() {
        TokenList sequence = compute(TokenList.salted("a", 1, 2, 3, 4, 5, 6));
        cache.release(sequence, 6);
        assertEquals(0, cache.match(TokenList.salted("b", 1, 2, 3, 4, 5, 6)).numTokens());
        assertEquals(5, cache.match(TokenList.salted("a", 1, 2, 3, 4, 5, 6)).numTokens());
    }

    @Test
    void equalBlocksComputedTwiceAreMerged() {
        TokenList first = TokenList.range(0, 9);
        TokenList second = TokenList.range(0, 9);
        admit(first);
        admit(second);
        assertEquals(4, cache.numFreeBlocks());
        cache.commit(first, 9);
        cache.commit(second, 9);
        assertEquals(blocks(first).subList(0, 2), blocks(second).subList(0, 2));
        assertNotEquals(blocks(first).get(2), blocks(second).get(2));
        assertEquals(6, cache.numFreeBlocks());
        cache.checkIntegrity(List.of(first, second), List.of());
    }

    @Test
    void uncommittedTokensAreNotFound() {
        TokenList sequence = TokenList.range(0, 8);
        admit(sequence);
        cache.commit(sequence, 5);
        assertEquals(4, cache.match(TokenList.range(0, 20)).numTokens());
        cache.release(sequence, 5);
        assertEquals(5, cache.match(TokenList.range(0, 20)).numTokens());
    }

    @Test
    void evictionStartsAtTheEndOfAPrefixAndForgetsIt() {
        TokenList old = compute(TokenList.range(0, 16));
        cache.release(old, 16);
        TokenList large = compute(TokenList.range(100, 132));
        assertEquals(2, cache.evictions());
        assertEquals(8, cache.match(TokenList.range(0, 16)).numTokens());
        cache.release(large, 32);
        cache.checkIntegrity(List.of(), List.of());
    }

    @Test
    void aCopySourceSurvivesUntilItIsReleased() {
        KvCacheManager small = new KvCacheManager(3, 4);
        TokenList first = TokenList.of(1, 2, 3);
        assertTrue(small.admit(first, small.match(first), 3));
        small.release(first, 3);
        TokenList second = TokenList.of(1, 2, 9);
        PrefixMatch match = small.match(second);
        assertTrue(small.admit(second, match, 3));
        BlockCopy copy = new BlockCopy(0, second.blocks().get(0), 2);
        assertNotEquals(copy.fromBlock(), copy.toBlock());
        assertEquals(1, small.numFreeBlocks());
        small.checkIntegrity(List.of(second), List.of(copy));
        assertFalse(small.allocate(second, 12));
        small.releaseSource(copy);
        assertTrue(small.allocate(second, 12));
        small.checkIntegrity(List.of(second), List.of());
    }

    @Test
    void shortageChangesNothing() {
        TokenList sequence = compute(TokenList.range(0, 12));
        cache.release(sequence, 12);
        TokenList longer = TokenList.range(0, 50);
        assertFalse(cache.admit(longer, cache.match(longer), 41));
        assertEquals(0, longer.blocks().size());
        assertEquals(10, cache.numFreeBlocks());
        assertTrue(cache.admit(longer, cache.match(longer), 40));
        assertEquals(0, cache.numFreeBlocks());
        assertFalse(cache.allocate(longer, 41));
        assertEquals(40, cache.reachableTokens(longer));
    }

    @Test
    void countersTellWhatWasSaved() {
        TokenList sequence = compute(TokenList.range(0, 7));
        cache.release(sequence, 7);
        compute(TokenList.range(0, 9));
        assertEquals(2, cache.admissions());
        assertEquals(1, cache.hits());
        assertEquals(7, cache.cachedTokens());
        assertEquals(0, cache.evictions());
    }

    @Test
    void integrityCheckSeesALeak() {
        TokenList sequence = compute(TokenList.range(0, 7));
        assertThrows(IllegalStateException.class, () -> cache.checkIntegrity(List.of(), List.of()));
        cache.checkIntegrity(List.of(sequence), List.of());
    }

    @Test
    void emptyBlocksAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new KvCacheManager(4, 0));
        assertThrows(IllegalArgumentException.class, () -> new KvCacheManager(0, 4));
    }

    private void admit(TokenList sequence) {
        PrefixMatch match = cache.match(sequence);
        assertTrue(cache.admit(sequence, match, sequence.numTokens()));
        match.partial()
                .map(from -> new BlockCopy(from.block(), 0, from.numTokens()))
                .ifPresent(cache::releaseSource);
    }

    private TokenList compute(TokenList sequence) {
        admit(sequence);
        cache.commit(sequence, sequence.numTokens());
        return sequence;
    }

    private static List<Integer> blocks(TokenList sequence) {
        return IntStream.range(0, sequence.blocks().size())
                .mapToObj(sequence.blocks()::get)
                .toList();
    }
}
