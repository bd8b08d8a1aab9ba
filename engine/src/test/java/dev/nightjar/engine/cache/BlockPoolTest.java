package dev.nightjar.engine.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BlockPoolTest {

    private final BlockPool pool = new BlockPool(4);

    @Test
    void neverUsedBlocksComeLowestFirst() {
        assertEquals(List.of(0, 1, 2, 3), acquire(4));
        assertEquals(0, pool.numFreeBlocks());
    }

    @Test
    void releasedBlocksComeLastAndLeastRecentlyReleasedFirst() {
        acquire(2);
        pool.release(1);
        pool.release(0);
        assertEquals(List.of(2, 3, 1, 0), acquire(4));
    }

    @Test
    void discardedBlocksComeBeforeNeverUsedOnes() {
        acquire(2);
        pool.discard(1);
        assertEquals(List.of(1, 2), acquire(2));
    }

    @Test
    void aReleasedBlockCanBeSaved() {
        acquire(2);
        pool.release(0);
        pool.release(1);
        pool.retain(0);
        assertEquals(List.of(2, 3, 1), acquire(3));
        pool.checkIntegrity();
    }

    @Test
    void aBlockIsFreeAfterItsLastReference() {
        acquire(1);
        pool.retain(0);
        pool.release(0);
        assertEquals(3, pool.numFreeBlocks());
        pool.release(0);
        assertEquals(4, pool.numFreeBlocks());
    }

    @Test
    void misuseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new BlockPool(0));
        assertThrows(IllegalStateException.class, () -> pool.release(0));
        assertThrows(IllegalStateException.class, () -> pool.discard(3));
        acquire(4);
        assertThrows(IllegalStateException.class, pool::acquire);
    }

    /** Five codes per operation: acquire, retain, release, discard; against plain counting. */
    @Property(tries = 200)
    void listAndCountsStayConsistent(
            @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 19) Integer> operations) {
        BlockPool random = new BlockPool(5);
        int[] references = new int[5];
        for (int operation : operations) {
            int block = operation % 5;
            if (operation < 5 && random.numFreeBlocks() > 0) {
                references[random.acquire()]++;
            } else if (operation >= 5 && operation < 10) {
                random.retain(block);
                references[block]++;
            } else if (operation >= 10 && references[block] > 0) {
                references[block]--;
                if (operation < 15) {
                    random.release(block);
                } else {
                    random.discard(block);
                }
            }
            random.checkIntegrity();
            assertEquals(references[block], random.references(block));
        }
    }

    private List<Integer> acquire(int count) {
        return Stream.generate(pool::acquire).limit(count).toList();
    }
}
