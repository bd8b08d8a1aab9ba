package dev.nightjar.engine.format.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.nightjar.engine.SharedFiles;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.WeightMap;
import dev.nightjar.kernels.tensor.DType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Damaged files either load or end in {@link ModelFormatException}; nothing else is thrown, nothing
 * hangs, and memory follows the size of the file, never a number in it.
 */
class GgufHardeningTest {
    private static final byte[] SMALL = SyntheticLlama.complete().toBytes();
    private static final int HEADER_BYTES = SMALL.length - dataBytes();
    private static final long MEMORY_FACTOR = 64;
    private static final long MEMORY_CONSTANT = 256 * 1024;

    private static int dataBytes() {
        GgufFile file = open(SMALL);
        return (int) (file.fileBytes() - file.tensors().values().iterator().next().fileOffset());
    }

    @Test
    void theUndamagedFileLoads() {
        assertTrue(loads(SMALL));
        assertTrue(HEADER_BYTES > 1000 && HEADER_BYTES < SMALL.length, "header " + HEADER_BYTES);
    }

    @Test
    void truncatedAtEveryByte() {
        for (int length = 0; length < SMALL.length; length++) {
            byte[] cut = Arrays.copyOf(SMALL, length);
            assertThrows(ModelFormatException.class, () -> readEverything(cut));
        }
    }

    @Test
    void everySingleBitOfTheHeaderFlipped() {
        int loaded = 0;
        for (int bit = 0; bit < HEADER_BYTES * 8; bit++) {
            byte[] flipped = SMALL.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            loaded += loads(flipped) ? 1 : 0;
        }
        assertTrue(loaded > 0 && loaded < HEADER_BYTES * 8, "loaded " + loaded);
    }

    @Test
    void everyByteOfTheHeaderSetToItsExtremes() {
        for (int i = 0; i < HEADER_BYTES; i++) {
            for (byte value : new byte[] {0, 1, 0x7F, (byte) 0x80, (byte) 0xFF}) {
                byte[] changed = SMALL.clone();
                changed[i] = value;
                loads(changed);
            }
        }
    }

    @Test
    void sampledBitsOfARealHeaderFlipped() throws IOException {
        byte[] real = Files.readAllBytes(SharedFiles.get("golden", "llama-yarn", "model.gguf"));
        Random random = new Random(20);
        int header = 2500;
        for (int i = 0; i < 500; i++) {
            int bit = random.nextInt(header * 8);
            real[bit / 8] ^= (byte) (1 << bit % 8);
            loads(real);
            real[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertTrue(loads(real));
    }

    @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
    void randomMutations(@ForAll Random random) {
        loads(mutate(random));
    }

    @Property(tries = 1_000_000, shrinking = ShrinkingMode.OFF)
    @Tag("full")
    void veryManyRandomMutations(@ForAll Random random) {
        loads(mutate(random));
    }

    @Test
    void filesOfTheSmallestElementsOpenInLinearTime() {
        int count = 1 << 19;
        byte[] strings =
                new GgufWriter().array("k", GgufType.STRING, count, new byte[8 * count]).toBytes();
        byte[] arrays =
                new GgufWriter().array("k", GgufType.ARRAY, count, new byte[12 * count]).toBytes();
        GgufWriter pairs = new GgufWriter();
        GgufWriter tensors = new GgufWriter();
        for (int i = 0; i < 100_000; i++) {
            pairs.bool(Integer.toString(i), true);
            tensors.entry(Integer.toString(i), DType.I8.ggufId(), 32L * i, 1);
        }
        tensors.dataBytes(3_200_000);
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> {
                    assertEquals(count, open(strings).metadata().arrayLength("k").orElseThrow());
                    assertEquals(count, open(arrays).metadata().arrayLength("k").orElseThrow());
                    assertEquals(100_000, open(pairs.toBytes()).metadata().keys().size());
                    assertEquals(100_000, open(tensors.toBytes()).tensors().size());
                });
    }

    @Test
    void memoryFollowsTheFileOnOpening() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long worst = 0;
        for (int bit = -1; bit < HEADER_BYTES * 8; bit++) {
            byte[] flipped = SMALL.clone();
            if (bit >= 0) {
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                open(flipped);
            } catch (ModelFormatException e) {
                // refused, which is as good
            }
            worst = Math.max(worst, threads.getCurrentThreadAllocatedBytes() - before);
        }
        long limit = MEMORY_FACTOR * SMALL.length + MEMORY_CONSTANT;
        assertTrue(worst > 0 && worst < limit, "%d of %d bytes".formatted(worst, limit));
    }

    @Test
    void memoryFollowsTheFileOnReading() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] mutated = mutate(random);
            long before = threads.getCurrentThreadAllocatedBytes();
            loads(mutated);
            long used = threads.getCurrentThreadAllocatedBytes() - before;
            long limit = MEMORY_FACTOR * mutated.length + MEMORY_CONSTANT;
            assertTrue(used < limit, "%d of %d bytes".formatted(used, limit));
        }
    }

    @Test
    void aLargeVocabularyCostsNothingUntilItIsAskedFor() {
        byte[] elements = new byte[16 << 20];
        for (int i = 0; i < elements.length; i += 16) {
            elements[i] = 8;
        }
        byte[] file = new GgufWriter().array("k", GgufType.STRING, 1 << 20, elements).toBytes();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        GgufFile opened = open(file);
        long used = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(used < MEMORY_CONSTANT, used + " bytes");
        assertEquals(1 << 20, opened.metadata().strings("k").size());
    }

    /** Flips, overwrites, cuts, repeats or inserts, once to four times. */
    private static byte[] mutate(Random random) {
        byte[] file = SMALL.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && file.length > 16; i++) {
            int at = random.nextInt(Math.min(HEADER_BYTES, file.length - 8));
            switch (random.nextInt(6)) {
                case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> file[at] = (byte) random.nextInt(256);
                case 2 -> putLong(file, at, random.nextLong() >> random.nextInt(64));
                case 3 -> putLong(file, at, INTERESTING[random.nextInt(INTERESTING.length)]);
                case 4 -> file = Arrays.copyOf(file, random.nextInt(file.length));
                default -> file = repeat(file, at, random.nextInt(file.length - at));
            }
        }
        return file;
    }

    private static final long[] INTERESTING = {
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1,
        Integer.MAX_VALUE,
        1L << 31,
        1L << 32,
        1L << 61,
        Integer.MAX_VALUE - 7,
        0,
        SMALL.length
    };

    private static void putLong(byte[] file, int at, long value) {
        for (int i = 0; i < 8; i++) {
            file[at + i] = (byte) (value >> 8 * i);
        }
    }

    /** The file with the bytes {@code [at, at + length)} twice. */
    private static byte[] repeat(byte[] file, int at, int length) {
        byte[] longer = Arrays.copyOf(file, file.length + length);
        System.arraycopy(file, at, longer, at + length, file.length - at);
        return longer;
    }

    /** Whether the file loads; anything but the one exception fails the test. */
    private static boolean loads(byte[] bytes) {
        try {
            readEverything(bytes);
            return true;
        } catch (ModelFormatException e) {
            assertTrue(!e.getMessage().isBlank());
            return false;
        }
    }

    private static GgufFile open(byte[] bytes) {
        return GgufFile.of(MemorySegment.ofArray(bytes), "damaged");
    }

    private static void readEverything(byte[] bytes) {
        try (GgufFile file = open(bytes)) {
            for (String name : file.tensors().keySet()) {
                MemorySegment data = file.tensor(name).orElseThrow().data();
                data.get(ValueLayout.JAVA_BYTE, data.byteSize() - 1);
            }
            for (String key : file.metadata().keys()) {
                file.metadata().text(key);
            }
            ModelConfig config = GgufModelConfig.read(file);
            WeightMap.of(file)
                    .sub("blk.0")
                    .matrix("attn_q.weight", config.hiddenSize(), config.hiddenSize());
            GgufTokenizer.spec(file);
            GgufTokenizer.chatTemplates(file);
        }
    }
}
