package dev.nightjar.engine.hub;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Talks to a model hub with the REST interface of Hugging Face's: {@code
 * /api/models/<id>/revision/<rev>}, {@code /api/models/<id>/tree/<commit>} page by page, and {@code
 * /<id>/resolve/<commit>/<file>} with ranges. For any number of threads.
 */
public final class HubClient implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(HubClient.class.getName());
    private static final int MAX_ANSWER_BYTES = 32 << 20;
    private static final int MAX_FILES = 100_000;
    private static final Pattern NEXT_PAGE = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");

    private final HubSettings settings;
    private final HubConnection connection;
    private final ScheduledExecutorService timer;

    /** A body and, for messages, where it comes from. */
    record Body(InputStream stream, String from) {}

    /** Opens no connection yet. */
    public HubClient(HubSettings settings) {
        this.settings = settings;
        this.connection = new HubConnection(settings);
        this.timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("hub-timer").daemon().factory());
    }

    /** How this hub is reached. */
    public HubSettings settings() {
        return settings;
    }

    /** A new count of failures; {@code onRetry} is told of each wait. */
    public Retry retry(BiConsumer<HubException, Duration> onRetry) {
        return new Retry(settings, onRetry);
    }

    /**
     * The files of a repository at the revision asked for, or at {@code main}.
     *
     * @throws HubException if they cannot be had
     */
    public HubListing list(ModelRef ref) {
        String revision = ref.revision().orElse(HubListing.DEFAULT_REVISION);
        String what = "model %s at revision %s".formatted(ref.id(), revision);
        URI uri = uri("/api/models/" + ref.id() + "/revision/" + encoded(revision));
        String commit = new ListingReader(fetch(uri, what).json(), uri.toString()).commit();
        return new HubListing(settings.endpoint(), ref, commit, tree(ref, commit, what));
    }

    /**
     * Begins to fetch a file.
     *
     * @param from the first byte wanted, below the size of the file
     * @param tag that of an earlier transfer: if the file is another one by now, it begins at 0
     * @throws HubException if it cannot be had
     */
    public Transfer open(HubListing listing, HubFile file, long from, Optional<String> tag) {
        String path = listing.ref().id() + "/resolve/" + listing.commit() + "/";
        URI uri = uri("/" + path + encodedPath(file.path()));
        Map<String, String> headers = new TreeMap<>();
        if (from > 0) {
            headers.put("Range", "bytes=" + from + "-");
            // A weak tag says nothing about single bytes, so ranges must not depend on it.
            tag.filter(text -> !text.startsWith("W/"))
                    .ifPresent(text -> headers.put("If-Range", text));
        }
        HttpResponse<InputStream> response =
                get(uri, headers, file.path() + " of " + what(listing));
        return watched(response, from, file);
    }

    /** Ends all transfers. */
    @Override
    public void close() {
        timer.shutdownNow();
        connection.close();
    }

    private static String what(HubListing listing) {
        return listing.ref().id() + " at revision " + listing.revision();
    }

    private record Answer(byte[] json, Optional<URI> next) {}

    private List<HubFile> tree(ModelRef ref, String commit, String what) {
        List<HubFile> files = new ArrayList<>();
        Optional<URI> page =
                Optional.of(uri("/api/models/" + ref.id() + "/tree/" + commit + "?recursive=true"));
        while (page.isPresent()) {
            Answer answer = fetch(page.get(), what);
            List<HubFile> found = new ListingReader(answer.json(), page.get().toString()).files();
            files.addAll(found);
            if (files.size() > MAX_FILES || (found.isEmpty() && answer.next().isPresent())) {
                throw new HubException.BadAnswer(
                        "%s: expected at most %d files on pages that are not empty"
                                .formatted(what, MAX_FILES));
            }
            page = answer.next();
        }
        return files;
    }

    private Answer fetch(URI uri, String what) {
        Retry retry =
                retry(
                        (failure, delay) ->
                                LOG.log(
                                        Level.WARNING,
                                        "{0}; trying again in {1} ms",
                                        failure.getMessage(),
                                        delay.toMillis()));
        while (true) {
            try {
                return fetchOnce(uri, what);
            } catch (HubException failure) {
                retry.awaitNext(failure);
            }
        }
    }

    private Answer fetchOnce(URI uri, String what) {
        HttpResponse<InputStream> response = get(uri, Map.of("Accept", "application/json"), what);
        try (InputStream body = response.body()) {
            byte[] json = body.readNBytes(MAX_ANSWER_BYTES + 1);
            if (json.length > MAX_ANSWER_BYTES) {
                throw new HubException.BadAnswer(
                        "%s: expected at most %d bytes of JSON".formatted(uri, MAX_ANSWER_BYTES));
            }
            return new Answer(json, nextPage(response));
        } catch (IOException broken) {
            throw new HubException.Unavailable("the answer of " + uri + " broke off", broken);
        }
    }

    private static Optional<URI> nextPage(HttpResponse<InputStream> response) {
        return response.headers().allValues("Link").stream()
                .map(NEXT_PAGE::matcher)
                .filter(Matcher::find)
                .findFirst()
                .map(link -> response.uri().resolve(link.group(1)));
    }

    private HttpResponse<InputStream> get(URI uri, Map<String, String> headers, String what) {
        if (settings.access() == HubSettings.Access.OFFLINE) {
            throw new HubException.Offline(
                    ("%s is needed, and no connection may be opened; leave out --offline and"
                                    + " NIGHTJAR_OFFLINE to get it")
                            .formatted(what));
        }
        HttpResponse<InputStream> response = connection.get(uri, headers);
        if (response.statusCode() == 200 || response.statusCode() == 206) {
            return response;
        }
        HubConnection.closeQuietly(response.body());
        throw HubErrors.of(response, settings, what);
    }

    private Transfer watched(HttpResponse<InputStream> response, long from, HubFile file) {
        long offset;
        try {
            offset = ContentRange.of(response, from, file);
        } catch (HubException refused) {
            HubConnection.closeQuietly(response.body());
            throw refused;
        }
        long nanos = settings.timeout().toNanos();
        Body body = new Body(response.body(), response.uri().getHost());
        Transfer transfer =
                new Transfer(body, offset, response.headers().firstValue("ETag"), nanos);
        return transfer.watchedBy(
                timer.scheduleAtFixedRate(
                        transfer::check, nanos / 4, nanos / 4, TimeUnit.NANOSECONDS));
    }

    private URI uri(String pathAndQuery) {
        return URI.create(settings.endpoint() + pathAndQuery);
    }

    private static String encodedPath(String path) {
        return Stream.of(path.split("/")).map(HubClient::encoded).collect(Collectors.joining("/"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
