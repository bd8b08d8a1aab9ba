package dev.nightjar.server.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Measures what a server can do, then asks a share of it at random times for a while, and looks at
 * what the server holds before, meanwhile and after.
 */
public final class Soak {

    private static final int CLIENTS = 8;
    private static final Duration MEASURED = Duration.ofSeconds(4);
    private static final int SAMPLES = 60;
    private static final Duration SHORTEST_PERIOD = Duration.ofSeconds(1);

    /** Idle connections of the client are closed by now, and so are their sockets here. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final double NANOS_PER_SECOND = 1e9;

    private final SoakPlan plan;
    private final Consumer<SoakSample> progress;
    private final Map<String, Long> counts = new ConcurrentSkipListMap<>();
    private final Map<String, Long> surprises = new ConcurrentSkipListMap<>();
    private final List<SoakSample> samples = new ArrayList<>();
    private final long origin = System.nanoTime();

    /**
     * By a plan.
     *
     * @param progress is told each sample
     */
    public Soak(SoakPlan plan, Consumer<SoakSample> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * Runs the plan.
     *
     * @throws IOException if the server's metrics cannot be read
     */
    public SoakReport run() throws IOException, InterruptedException {
        double capacity;
        SoakSample before;
        try (SoakClient client = new SoakClient(plan)) {
            capacity = capacity(client);
        }
        try (SoakClient client = new SoakClient(plan)) {
            before = atRest(client);
            counts.clear();
            load(client, capacity * plan.share());
        }
        try (SoakClient client = new SoakClient(plan)) {
            return new SoakReport(capacity, counts, surprises, samples, before, atRest(client));
        }
    }

    /** Requests per second of clients that wait for their answers, all kinds mixed. */
    private double capacity(SoakClient client) throws InterruptedException {
        AtomicLong sent = new AtomicLong();
        long end = System.nanoTime() + MEASURED.toNanos();
        long started = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                SplittableRandom random = new SplittableRandom(plan.seed() + i);
                threads.submit(
                        () -> {
                            while (System.nanoTime() - end < 0) {
                                send(client, random);
                                sent.incrementAndGet();
                            }
                        });
            }
        }
        return sent.get() / ((System.nanoTime() - started) / NANOS_PER_SECOND);
    }

    private void load(SoakClient client, double perSecond)
            throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(plan.seed());
        long started = System.nanoTime();
        long end = started + plan.duration().toNanos();
        long period = Math.max(plan.duration().toNanos() / SAMPLES, SHORTEST_PERIOD.toNanos());
        long nextSample = started;
        long reload = plan.reloadEvery().map(Duration::toNanos).orElse(Long.MAX_VALUE / 2);
        long nextReload = started + reload;
        long due = started;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            while (due - end < 0) {
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                SplittableRandom own = random.split();
                threads.submit(() -> send(client, own));
                if (due - nextSample >= 0) {
                    sample(client);
                    nextSample += period;
                }
                if (due - nextReload >= 0) {
                    threads.submit(() -> reload(client));
                    nextReload += reload;
                }
                // Arrivals of clients that know nothing of each other.
                due += (long) (-Math.log(1 - random.nextDouble()) / perSecond * NANOS_PER_SECOND);
            }
        }
    }

    private void send(SoakClient client, SplittableRandom random) {
        SoakKind kind = SoakKind.draw(random);
        try {
            int status = client.send(kind, random);
            count(counts, kind + " " + status);
            if (!kind.expects(status)) {
                count(surprises, kind + " " + status);
            }
        } catch (IOException broken) {
            count(surprises, kind + ": " + broken.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void reload(SoakClient client) {
        try {
            int status = client.reload();
            count(counts, "RELOAD " + status);
            if (status >= 300) {
                count(surprises, "RELOAD " + status);
            }
        } catch (IOException broken) {
            count(surprises, "RELOAD: " + broken.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void count(Map<String, Long> map, String key) {
        map.merge(key, 1L, Long::sum);
    }

    private void sample(SoakClient client) throws IOException, InterruptedException {
        SoakSample sample = look(client);
        samples.add(sample);
        progress.accept(sample);
    }

    private SoakSample look(SoakClient client) throws IOException, InterruptedException {
        return SoakSample.of((System.nanoTime() - origin) / NANOS_PER_SECOND, client.metrics());
    }

    /** Waits until nothing runs, as long as can be expected. */
    private SoakSample atRest(SoakClient client) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        SoakSample sample = look(client);
        while ((sample.sequences() > 0 || sample.blocks() > 0)
                && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(200);
            sample = look(client);
        }
        TimeUnit.SECONDS.sleep(1); // for connections to be closed
        return look(client);
    }
}
