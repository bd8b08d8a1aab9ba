package dev.nightjar.kernels.cpu.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class WorkerPoolTest {

    /** Also more threads than any processor here has, and rounds with few chunks. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 9})
    void everyChunkOfEveryRoundRunsOnce(int threads) {
        AtomicIntegerArray runs = new AtomicIntegerArray(100);
        try (WorkerPool pool = new WorkerPool(threads)) {
            int expected = 0;
            for (int round = 0; round < 3000; round++) {
                int chunks = round % 101;
                pool.run((worker, chunk) -> runs.incrementAndGet(chunk), chunks);
                expected += chunks;
                if (round % 500 == 499) {
                    int total = 0;
                    for (int i = 0; i < 100; i++) {
                        total += runs.get(i);
                    }
                    assertEquals(expected, total);
                }
            }
        }
    }

    /** A task reads arguments that change from round to round, while workers may be late. */
    @Test
    void chunksSeeTheArgumentsOfTheirOwnRound() {
        long[] argument = new long[1];
        AtomicIntegerArray wrong = new AtomicIntegerArray(1);
        try (WorkerPool pool = new WorkerPool(4)) {
            for (int round = 0; round < 5000; round++) {
                long expected = round;
                argument[0] = round;
                pool.run(
                        (worker, chunk) -> {
                            if (argument[0] != expected) {
                                wrong.incrementAndGet(0);
                            }
                        },
                        1 + round % 7);
                argument[0] = -1;
            }
        }
        assertEquals(0, wrong.get(0));
    }

    @Test
    void workerIndicesAreDistinctAndInRange() {
        try (WorkerPool pool = new WorkerPool(3)) {
            AtomicIntegerArray inside = new AtomicIntegerArray(3);
            AtomicIntegerArray clashes = new AtomicIntegerArray(1);
            for (int round = 0; round < 500; round++) {
                pool.run(
                        (worker, chunk) -> {
                            if (inside.incrementAndGet(worker) != 1) {
                                clashes.incrementAndGet(0);
                            }
                            inside.decrementAndGet(worker);
                        },
                        20);
            }
            assertEquals(0, clashes.get(0));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void anExceptionReachesTheCallerAndThePoolLivesOn(int threads) {
        try (WorkerPool pool = new WorkerPool(threads)) {
            for (int round = 0; round < 50; round++) {
                var thrown =
                        assertThrows(
                                ArithmeticException.class,
                                () ->
                                        pool.run(
                                                (worker, chunk) -> {
                                                    if (chunk == 13) {
                                                        throw new ArithmeticException("chunk 13");
                                                    }
                                                },
                                                40));
                assertEquals("chunk 13", thrown.getMessage());
                AtomicIntegerArray runs = new AtomicIntegerArray(1);
                pool.run((worker, chunk) -> runs.incrementAndGet(0), 40);
                assertEquals(40, runs.get(0));
            }
        }
    }

    @Test
    void anErrorKeepsItsType() {
        try (WorkerPool pool = new WorkerPool(2)) {
            PoolTask task =
                    (worker, chunk) -> {
                        throw new StackOverflowError();
                    };
            assertThrows(StackOverflowError.class, () -> pool.run(task, 8));
        }
    }

    @Test
    void idleThreadsParkAndWakeUp() throws InterruptedException {
        AtomicIntegerArray runs = new AtomicIntegerArray(1);
        try (WorkerPool pool = new WorkerPool(3)) {
            for (int round = 1; round <= 3; round++) {
                pool.run((worker, chunk) -> runs.incrementAndGet(0), 30);
                assertEquals(30 * round, runs.get(0));
                Thread.sleep(50);
                assertEquals(2, kernelThreads().size());
                for (Thread thread : kernelThreads()) {
                    assertEquals(Thread.State.WAITING, thread.getState());
                }
            }
        }
    }

    private static List<Thread> kernelThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("nightjar-kernel-"))
                .toList();
    }

    @Test
    void closingEndsTheThreads() {
        WorkerPool pool = new WorkerPool(3);
        pool.close();
        pool.close();
        assertEquals(List.of(), kernelThreads());
        assertThrows(IllegalStateException.class, () -> pool.run((worker, chunk) -> {}, 1));
    }

    @Test
    void atLeastOneThread() {
        assertThrows(IllegalArgumentException.class, () -> new WorkerPool(0));
    }
}
