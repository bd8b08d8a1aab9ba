package dev.nightjar.server.load;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/**
 * Sends the requests of a plan, each on a virtual thread of its own, and times the answers. Ends
 * when all are answered or the plan's limit is reached, whichever comes first.
 */
public final class LoadGenerator {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private static final String EVENTS = "text/event-stream";
    private static final String JSON = "application/json";

    private final LoadPlan plan;
    private final Workload workload;

    /** A generator for this plan. */
    public LoadGenerator(LoadPlan plan) {
        this.plan = plan;
        workload = new Workload(plan);
    }

    /**
     * Runs the plan, after some requests that do not count: they warm up client and server alike.
     *
     * @param progress is told how many requests have ended, by any thread
     * @return an outcome for each request, in their order
     */
    public List<RequestOutcome> run(IntConsumer progress) throws InterruptedException {
        long[] due = workload.dueNanos();
        Semaphore free =
                new Semaphore(
                        plan.arrival() instanceof LoadPlan.Arrival.Concurrency concurrency
                                ? concurrency.number()
                                : plan.numRequests());
        List<Future<RequestOutcome>> futures = new ArrayList<>();
        try (HttpClient client = client();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < plan.numWarmUp(); i++) {
                send(client, plan.numRequests() + i, 0, System.nanoTime(), free);
            }
            long origin = System.nanoTime();
            for (int i = 0; i < due.length; i++) {
                int index = i;
                futures.add(threads.submit(() -> send(client, index, due[index], origin, free)));
            }
            List<RequestOutcome> outcomes = new ArrayList<>();
            for (int i = 0; i < due.length; i++) {
                outcomes.add(await(futures.get(i), due[i], origin));
                progress.accept(i + 1);
            }
            client.shutdownNow();
            return outcomes;
        }
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    private RequestOutcome send(
            HttpClient client, int index, long dueNanos, long origin, Semaphore free)
            throws InterruptedException {
        byte[] body = workload.body(index);
        TimeUnit.NANOSECONDS.sleep(dueNanos - (System.nanoTime() - origin));
        free.acquire();
        try {
            boolean isOpen = plan.arrival() instanceof LoadPlan.Arrival.Rate;
            long due = isOpen ? dueNanos : System.nanoTime() - origin;
            long left = plan.limit().toNanos() - (System.nanoTime() - origin);
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(plan.endpoint())
                            .header("Content-Type", "application/json")
                            .header("Accept", plan.api().isStreamed() ? EVENTS : JSON)
                            .timeout(Duration.ofNanos(Math.max(1, left)))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
            plan.apiKey().ifPresent(key -> request.header("Authorization", "Bearer " + key));
            return new Conversation(client, plan.api(), origin, due).run(request.build());
        } finally {
            free.release();
        }
    }

    /** Waits until the limit, then no longer. */
    private RequestOutcome await(Future<RequestOutcome> future, long dueNanos, long origin)
            throws InterruptedException {
        long left = plan.limit().toNanos() - (System.nanoTime() - origin);
        try {
            return future.get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            future.cancel(true);
            long now = System.nanoTime() - origin;
            return new RequestOutcome(
                    dueNanos, now, new long[0], now, 0, Optional.of("time limit"));
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a request could not be made", failed.getCause());
        }
    }
}
