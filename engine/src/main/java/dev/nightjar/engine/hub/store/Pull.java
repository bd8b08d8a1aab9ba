package dev.nightjar.engine.hub.store;

import dev.nightjar.engine.hub.HubClient;
import dev.nightjar.engine.hub.HubException;
import dev.nightjar.engine.hub.HubFile;
import dev.nightjar.engine.hub.HubListing;
import dev.nightjar.engine.hub.ModelRef;
import dev.nightjar.engine.hub.select.FileSelection;
import dev.nightjar.engine.hub.select.FileSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Brings models from a hub into a store. A pull that was ended, by whatever means, is taken up by
 * the next one of the same model.
 *
 * <pre>{@code
 * try (HubClient hub = new HubClient(HubSettings.of(System.getenv()))) {
 *     Pull pull = new Pull(hub, ModelStore.ofUser());
 *     StoredModel model = pull.run(pull.plan(ModelRef.parse("owner/name")), event -> {});
 * }
 * }</pre>
 */
public final class Pull {

    private static final int PARALLEL_FILES = 4;

    private final HubClient hub;
    private final ModelStore store;
    private final int parallelFiles;
    private final DiskSpace disk;

    /** Up to four files at the same time. */
    public Pull(HubClient hub, ModelStore store) {
        this(hub, store, PARALLEL_FILES, DiskSpace.ofSystem());
    }

    Pull(HubClient hub, ModelStore store, int parallelFiles, DiskSpace disk) {
        if (parallelFiles < 1) {
            throw new IllegalArgumentException(
                    "expected at least 1 parallel file, found " + parallelFiles);
        }
        this.hub = hub;
        this.store = store;
        this.parallelFiles = parallelFiles;
        this.disk = disk;
    }

    /** With another number of files at the same time, at least 1. */
    public Pull withParallelFiles(int count) {
        return new Pull(hub, store, count, disk);
    }

    /**
     * Asks the hub and looks into the store; changes nothing.
     *
     * @throws HubException if the hub has no such model, or cannot be asked
     */
    public PullPlan plan(ModelRef ref) {
        HubListing listing = hub.list(ref);
        FileSet files = FileSelection.of(listing);
        Path folder = store.folder(ref, files, listing.commit());
        Optional<StoredModel> known =
                store.read(folder).filter(model -> model.commit().equals(listing.commit()));
        SequencedSet<String> revisions = new LinkedHashSet<>();
        known.ifPresent(model -> revisions.addAll(model.revisions()));
        revisions.add(listing.revision());
        StoredModel model =
                new StoredModel(
                        folder,
                        ref.id(),
                        listing.endpoint().toString(),
                        listing.commit(),
                        revisions,
                        files,
                        Optional.empty());
        // Only what was verified as a whole, and is still there, keeps its time.
        boolean isKept = known.isPresent() && model.missing().isEmpty();
        return new PullPlan(listing, isKept ? pulledAt(model, known.get().pulled()) : model);
    }

    /**
     * Brings what is missing. Returns when all of it is there and verified.
     *
     * @throws HubException if something cannot be had; what came is kept for the next pull
     */
    public StoredModel run(PullPlan plan, ProgressListener listener) throws InterruptedException {
        StoredModel model = plan.model();
        try (StoreLock _ = store.lock(model)) {
            Files.createDirectories(model.folder());
            SharedContent.link(store, model);
            listener.accept(new PullEvent.Started(plan));
            disk.require(plan.missingBytes(), model.folder());
            Manifest.write(model);
            fetch(plan, listener);
            StoredModel complete =
                    pulledAt(model, model.pulled().or(() -> Optional.of(Instant.now())));
            Manifest.write(complete);
            return complete;
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write to " + model.folder(), failed);
        }
    }

    private void fetch(PullPlan plan, ProgressListener listener) throws InterruptedException {
        Path folder = plan.model().folder();
        try (ExecutorService workers =
                Executors.newFixedThreadPool(
                        parallelFiles, Thread.ofVirtual().name("pull-", 0).factory())) {
            CompletionService<Void> ended = new ExecutorCompletionService<>(workers);
            List<HubFile> missing = plan.missing();
            for (HubFile file : missing) {
                ended.submit(
                        new FileDownload(hub, plan.listing(), file, folder, listener)::run, null);
            }
            try {
                for (int i = missing.size(); i > 0; i--) {
                    ended.take().get();
                }
            } catch (ExecutionException failed) {
                throw asUnchecked(failed.getCause());
            } finally {
                workers.shutdownNow();
            }
        }
    }

    private static RuntimeException asUnchecked(Throwable cause) {
        return switch (cause) {
            case Error error -> throw error;
            case RuntimeException failure -> failure;
            default -> new IllegalStateException("a download failed", cause);
        };
    }

    private static StoredModel pulledAt(StoredModel model, Optional<Instant> time) {
        return new StoredModel(
                model.folder(),
                model.id(),
                model.endpoint(),
                model.commit(),
                model.revisions(),
                model.files(),
                time);
    }
}
