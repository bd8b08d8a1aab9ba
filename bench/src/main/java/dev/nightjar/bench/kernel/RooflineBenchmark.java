package dev.nightjar.bench.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What the machine can do at all: read memory, and multiply and add. Run with as many threads of
 * JMH as the kernels have; each reads memory of its own, more than the caches hold.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RooflineBenchmark {

    /** Multiply-adds of each of the chains per call. */
    static final int FMA_STEPS = 10_000;

    /** Chains that do not wait for one another: enough for two units of latency four. */
    static final int FMA_CHAINS = 12;

    private static final VectorShape SHAPE =
            VectorShape.forBitSize(
                    Integer.getInteger(KernelBenchmarks.WIDTH, KernelBenchmarks.preferredBits()));
    private static final VectorSpecies<Long> LONGS = SHAPE.withLanes(long.class);
    private static final VectorSpecies<Float> FLOATS = SHAPE.withLanes(float.class);

    @Param("256")
    private int mebibytes;

    private Arena arena;
    private MemorySegment memory;
    private float factor = 0.999f;

    /** Touches the memory. */
    @Setup(Level.Trial)
    public void setUp() {
        arena = Arena.ofShared();
        memory = arena.allocate((long) mebibytes << 20, 64);
        memory.fill((byte) 1);
    }

    /** Releases the memory. */
    @TearDown(Level.Trial)
    public void tearDown() {
        arena.close();
    }

    /** Reads it once, in four streams of combined words. */
    @Benchmark
    public long read() {
        long quarter = memory.byteSize() / 4;
        long step = LONGS.vectorByteSize();
        LongVector a = LongVector.zero(LONGS);
        LongVector b = a;
        LongVector c = a;
        LongVector d = a;
        for (long at = 0; at < quarter; at += step) {
            a = a.or(at(at));
            b = b.or(at(quarter + at));
            c = c.or(at(2 * quarter + at));
            d = d.or(at(3 * quarter + at));
        }
        return a.or(b).or(c.or(d)).reduceLanes(VectorOperators.OR);
    }

    private LongVector at(long offset) {
        return LongVector.fromMemorySegment(LONGS, memory, offset, ByteOrder.LITTLE_ENDIAN);
    }

    /** Chains of multiply-adds in registers. */
    @Benchmark
    public float multiplyAdd() {
        FloatVector f = FloatVector.broadcast(FLOATS, factor);
        FloatVector a = f;
        FloatVector b = f.mul(2);
        FloatVector c = f.mul(3);
        FloatVector d = f.mul(4);
        FloatVector e = f.mul(5);
        FloatVector g = f.mul(6);
        FloatVector h = f.mul(7);
        FloatVector i = f.mul(8);
        FloatVector j = f.mul(9);
        FloatVector k = f.mul(10);
        FloatVector l = f.mul(11);
        FloatVector m = f.mul(12);
        for (int step = 0; step < FMA_STEPS; step++) {
            a = a.fma(f, f);
            b = b.fma(f, f);
            c = c.fma(f, f);
            d = d.fma(f, f);
            e = e.fma(f, f);
            g = g.fma(f, f);
            h = h.fma(f, f);
            i = i.fma(f, f);
            j = j.fma(f, f);
            k = k.fma(f, f);
            l = l.fma(f, f);
            m = m.fma(f, f);
        }
        return a.add(b)
                .add(c.add(d))
                .add(e.add(g).add(h.add(i)))
                .add(j.add(k).add(l.add(m)))
                .reduceLanes(VectorOperators.ADD);
    }
}
