package dev.nightjar.engine.hub.store;

import dev.nightjar.engine.hub.HubFile;
import dev.nightjar.engine.hub.HubListing;
import java.util.List;

/**
 * What a pull is going to do; valid until the store changes.
 *
 * @param listing what the hub has
 * @param model what the store will have
 */
public record PullPlan(HubListing listing, StoredModel model) {

    /** All bytes of the model. */
    public long totalBytes() {
        return model.files().totalBytes();
    }

    /** Bytes that still have to come. */
    public long missingBytes() {
        return totalBytes() - model.presentBytes();
    }

    /** The files that are not there, or not wholly. */
    public List<HubFile> missing() {
        return model.missing();
    }
}
