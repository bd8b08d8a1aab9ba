package dev.nightjar.engine.hub.store;

import dev.nightjar.engine.hub.HubClient;
import dev.nightjar.engine.hub.HubException;
import dev.nightjar.engine.hub.HubFile;
import dev.nightjar.engine.hub.HubListing;
import dev.nightjar.engine.hub.Retry;
import dev.nightjar.engine.hub.Transfer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Brings one file into the store, in as many transfers as it takes. */
final class FileDownload {

    private static final int BUFFER_BYTES = 1 << 17;

    private final HubClient hub;
    private final HubListing listing;
    private final HubFile file;
    private final Path target;
    private final ProgressListener listener;

    FileDownload(
            HubClient hub,
            HubListing listing,
            HubFile file,
            Path folder,
            ProgressListener listener) {
        this.hub = hub;
        this.listing = listing;
        this.file = file;
        this.target = folder.resolve(file.path());
        this.listener = listener;
    }

    /**
     * Returns when the file is there and verified.
     *
     * @throws HubException if it cannot be had; what came is kept for the next try
     */
    void run() {
        try (PartFile part = PartFile.open(file, target)) {
            boolean isResumed = part.bytes() > 0;
            fetchRest(part);
            try {
                part.finish();
            } catch (HubException.Damaged damaged) {
                // The bytes of an earlier process may be at fault: once more without them.
                if (!isResumed) {
                    throw damaged;
                }
                fetchRest(part);
                part.finish();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + target, failed);
        }
        listener.accept(new PullEvent.Finished(file));
    }

    private void fetchRest(PartFile part) throws IOException {
        Retry retry =
                hub.retry(
                        (failure, delay) ->
                                listener.accept(
                                        new PullEvent.Retrying(file, failure.getMessage(), delay)));
        listener.accept(new PullEvent.Advanced(file, part.bytes()));
        while (!part.isWhole()) {
            long before = part.bytes();
            try {
                fetch(part);
            } catch (HubException.RangeRefused tooShort) {
                // The file is another one than was begun. From 0 on no range is asked for.
                part.restart();
                retry.awaitNext(new HubException.Unavailable(tooShort.getMessage(), tooShort));
            } catch (HubException failure) {
                if (part.bytes() > before) {
                    retry.reset();
                }
                retry.awaitNext(failure);
            }
        }
    }

    private void fetch(PartFile part) throws IOException {
        try (Transfer transfer = hub.open(listing, file, part.bytes(), part.tag())) {
            if (transfer.offset() == 0 && part.bytes() > 0) {
                part.restart();
            }
            part.rememberTag(transfer.tag());
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = transfer.read(buffer); count >= 0; count = transfer.read(buffer)) {
                part.append(buffer, count);
                listener.accept(new PullEvent.Advanced(file, part.bytes()));
            }
        }
        if (!part.isWhole()) {
            throw new HubException.Unavailable(
                    "the hub sent %d bytes of %d".formatted(part.bytes(), file.bytes()), null);
        }
    }
}
