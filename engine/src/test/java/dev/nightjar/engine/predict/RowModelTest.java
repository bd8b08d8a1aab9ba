package dev.nightjar.engine.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.DemoModels;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.request.ModelUnloadedException;
import dev.nightjar.engine.request.QueueFullException;
import dev.nightjar.engine.tabular.PredictionKind;
import dev.nightjar.engine.tabular.Predictions;
import dev.nightjar.engine.tabular.Table;
import dev.nightjar.engine.tabular.TabularModel;
import dev.nightjar.engine.tabular.TabularSchema;
import dev.nightjar.engine.tabular.ValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests at the same time are computed together, and nobody notices. */
final class RowModelTest {

    private static final Duration AT_ONCE = Duration.ZERO;

    /** Adds the numbers of a row; waits for a gate first, and refuses rows that begin with -1. */
    private static final class Sums implements TabularModel {

        final CountDownLatch gate;
        final AtomicInteger begun = new AtomicInteger();

        Sums(CountDownLatch gate) {
            this.gate = gate;
        }

        @Override
        public String description() {
            return "sums";
        }

        @Override
        public int numFeatures() {
            return 2;
        }

        @Override
        public List<String> featureNames() {
            return List.of();
        }

        @Override
        public TabularSchema schema() {
            return TabularSchema.matrix(ValueType.FLOAT64, 2, ValueType.FLOAT64, 1);
        }

        @Override
        public Set<PredictionKind> kinds() {
            return Set.of(PredictionKind.VALUE, PredictionKind.RAW);
        }

        @Override
        public Map<String, String> details() {
            return Map.of();
        }

        @Override
        public Predictions predict(Table rows, PredictionKind kind) {
            begun.incrementAndGet();
            try {
                gate.await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            double[] sums = new double[rows.numRows()];
            for (int r = 0; r < sums.length; r++) {
                if (rows.number(r, 0) == -1) {
                    throw new InvalidRequestException("inputs", "found -1");
                }
                sums[r] = rows.number(r, 0) + rows.number(r, 1);
            }
            return Predictions.of(sums.length, 1, ValueType.FLOAT64, sums);
        }
    }

    private final CountDownLatch gate = new CountDownLatch(1);
    private final Sums sums = new Sums(gate);
    private final RowModel model = new RowModel("sums", sums, 64);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() throws InterruptedException {
        gate.countDown();
        model.close(Duration.ofSeconds(10));
        threads.shutdownNow();
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; !condition.getAsBoolean(); i++) {
            assertTrue(i < 5000, () -> "waited in vain until " + what);
            Thread.sleep(2);
        }
    }

    private Future<Predictions> ask(double... numbers) {
        Table table = Table.of(numbers.length / 2, 2, numbers);
        return threads.submit(() -> model.predict(table, PredictionKind.VALUE));
    }

    /** One batch is under way; then so many wait. */
    private List<Future<Predictions>> askTogether(double[]... requests) throws Exception {
        List<Future<Predictions>> all = new ArrayList<>();
        all.add(ask(0, 0));
        await("the first computes", () -> sums.begun.get() == 1);
        for (double[] request : requests) {
            all.add(ask(request));
        }
        await("all wait", () -> model.stats().waiting() == requests.length + 1);
        gate.countDown();
        return all.subList(1, all.size());
    }

    @Test
    void whoWaitsIsComputedTogether() throws Exception {
        List<Future<Predictions>> results =
                askTogether(new double[] {1, 2}, new double[] {3, 4, 5, 6}, new double[] {7, 8});
        assertEquals(3, results.get(0).get().value(0, 0));
        assertEquals(7, results.get(1).get().value(0, 0));
        assertEquals(11, results.get(1).get().value(1, 0));
        assertEquals(15, results.get(2).get().value(0, 0));
        assertEquals(2, model.stats().batches());
        assertEquals(4, model.stats().requests());
        assertEquals(5, model.stats().rows());
        assertEquals(0, model.stats().waiting());
    }

    @Test
    void aRefusedRowFailsItsOwnRequestOnly() throws Exception {
        List<Future<Predictions>> results =
                askTogether(new double[] {1, 2}, new double[] {-1, 4}, new double[] {7, 8});
        assertEquals(3, results.get(0).get().value(0, 0));
        Exception failed = assertThrows(Exception.class, () -> results.get(1).get());
        assertTrue(failed.getCause() instanceof InvalidRequestException, failed.toString());
        assertEquals(15, results.get(2).get().value(0, 0));
    }

    @Test
    void manyRowsAreComputedInParts() throws Exception {
        int numRows = 3 * RowBatches.MAX_ROWS + 5;
        double[] many = new double[2 * numRows];
        Arrays.setAll(many, i -> i);
        List<Future<Predictions>> results = askTogether(many, new double[] {1, 2});
        Predictions found = results.get(0).get();
        assertEquals(numRows, found.numRows());
        for (int r = 0; r < numRows; r++) {
            assertEquals(4 * r + 1, found.value(r, 0));
        }
        assertEquals(3, results.get(1).get().value(0, 0));
    }

    @Test
    void whoGivesUpIsForgotten() throws Exception {
        Future<Predictions> first = ask(0, 0);
        await("it computes", () -> sums.begun.get() == 1);
        Table row = Table.of(1, 2, 1, 1);
        Thread second =
                Thread.ofVirtual()
                        .start(
                                () ->
                                        assertThrows(
                                                InterruptedException.class,
                                                () -> model.predict(row, PredictionKind.VALUE)));
        await("both wait", () -> model.stats().waiting() == 2);
        second.interrupt();
        second.join();
        gate.countDown();
        assertEquals(0, first.get().value(0, 0));
        await("nothing waits", () -> model.stats().waiting() == 0);
        assertEquals(1, model.stats().rows());
    }

    @Test
    void tooManyAreRefused() throws Exception {
        RowModel small = new RowModel("small", sums, 1);
        Table row = Table.of(1, 2, 1, 2);
        Future<Predictions> first = threads.submit(() -> small.predict(row, PredictionKind.VALUE));
        await("it computes", () -> sums.begun.get() == 1);
        assertThrows(QueueFullException.class, () -> small.predict(row, PredictionKind.VALUE));
        gate.countDown();
        assertEquals(3, first.get().value(0, 0));
        small.close(AT_ONCE);
        assertThrows(ModelUnloadedException.class, () -> small.predict(row, PredictionKind.VALUE));
    }

    @Test
    void wrongTablesAreRefusedAtOnce() {
        Table wide = Table.of(1, 3, 1, 2, 3);
        assertThrows(
                InvalidRequestException.class, () -> model.predict(wide, PredictionKind.VALUE));
        Table row = Table.of(1, 2, 1, 2);
        assertThrows(
                InvalidRequestException.class, () -> model.predict(row, PredictionKind.LEAVES));
    }

    /** For each kind of answer, of a real model with missing values and categories. */
    @Test
    void batchedEqualsAlone() throws Exception {
        gate.countDown();
        TabularModel demo = DemoModels.openRows();
        RowModel served = new RowModel("demo", demo, 10_000);
        Random random = new Random(7);
        List<Table> tables = new ArrayList<>();
        List<PredictionKind> kinds = new ArrayList<>();
        List<Future<Predictions>> results = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int numRows = 1 + random.nextInt(5);
            double[] numbers = new double[numRows * demo.numFeatures()];
            Arrays.setAll(
                    numbers,
                    j ->
                            random.nextInt(10) == 0
                                    ? Double.NaN
                                    : j % demo.numFeatures() == 0
                                            ? random.nextInt(5)
                                            : random.nextGaussian() * 10);
            Table table = Table.of(numRows, demo.numFeatures(), numbers);
            PredictionKind kind =
                    List.copyOf(demo.kinds()).get(random.nextInt(demo.kinds().size()));
            tables.add(table);
            kinds.add(kind);
            results.add(threads.submit(() -> served.predict(table, kind)));
        }
        for (int i = 0; i < tables.size(); i++) {
            Predictions alone = demo.predict(tables.get(i), kinds.get(i));
            Predictions batched = results.get(i).get();
            assertEquals(alone.numRows(), batched.numRows());
            assertTrue(Arrays.equals(alone.values(), batched.values()), kinds.get(i).toString());
        }
        assertTrue(served.stats().batches() < 300, served.stats().toString());
        served.close(AT_ONCE);
    }
}
