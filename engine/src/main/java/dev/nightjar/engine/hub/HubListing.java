package dev.nightjar.engine.hub;

import java.net.URI;
import java.util.List;

/**
 * What a repository holds at one commit.
 *
 * @param endpoint the hub
 * @param ref what was asked for
 * @param commit the revision that it stands for, 40 hexadecimal digits
 * @param files all files
 */
public record HubListing(URI endpoint, ModelRef ref, String commit, List<HubFile> files) {

    /** What is asked for when a reference has no revision. */
    public static final String DEFAULT_REVISION = "main";

    /** Copies the list. */
    public HubListing {
        files = List.copyOf(files);
    }

    /** The branch, tag or commit that was asked for. */
    public String revision() {
        return ref.revision().orElse(DEFAULT_REVISION);
    }
}
