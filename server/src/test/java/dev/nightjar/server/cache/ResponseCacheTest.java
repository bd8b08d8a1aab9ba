package dev.nightjar.server.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class ResponseCacheTest {

    private static final long BYTES = 10_000;

    private final AtomicLong nanos = new AtomicLong();

    private ResponseCache cache() {
        return new ResponseCache(new CacheConfig(true, BYTES, Duration.ofSeconds(10)), nanos::get);
    }

    private static CacheKey key(long number) {
        return new CacheKey(number, 0, 0, 0);
    }

    @Test
    void keepsForAsLongAsTold() {
        ResponseCache cache = cache();
        cache.store(key(1), "result", 10);
        nanos.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
        assertEquals(Optional.of("result"), cache.find(key(1)));
        nanos.addAndGet(1);
        assertEquals(Optional.empty(), cache.find(key(1)));
        assertEquals(new CacheStats(0, 0, BYTES, 1, 1, 0), cache.stats());
    }

    @Test
    void forgetsWhatWasNotUsedForLongest() {
        ResponseCache cache = cache();
        for (int i = 0; i < 10; i++) {
            cache.store(key(i), i, 800); // and 200 for the entry
        }
        assertEquals(Optional.of(0), cache.find(key(0)));
        cache.store(key(10), 10, 800);
        assertEquals(Optional.empty(), cache.find(key(1)));
        assertEquals(Optional.of(0), cache.find(key(0)));
        assertEquals(BYTES, cache.stats().bytes());
        assertEquals(1, cache.stats().evictions());
    }

    @Test
    void doesNotGiveItselfToOneLargeResult() {
        ResponseCache cache = cache();
        cache.store(key(1), "large", BYTES / 8);
        assertEquals(Optional.empty(), cache.find(key(1)));
        cache.store(key(1), "small", BYTES / 16);
        assertEquals(Optional.of("small"), cache.find(key(1)));
    }

    @Property
    void neverTakesMoreThanAllowed(
            @ForAll @Size(max = 100) List<@IntRange(min = 0, max = 1500) Integer> sizes) {
        ResponseCache cache = cache();
        for (int i = 0; i < sizes.size(); i++) {
            cache.store(key(sizes.get(i) % 20), i, sizes.get(i));
            assertTrue(cache.stats().bytes() <= BYTES);
        }
        int found = 0;
        for (int i = 0; i < 20; i++) {
            found += cache.find(key(i)).isPresent() ? 1 : 0;
        }
        assertEquals(found, cache.stats().entries());
    }
}
