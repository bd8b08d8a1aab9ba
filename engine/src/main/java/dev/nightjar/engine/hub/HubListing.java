package dev.nightjar.engine.hub;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

    /**
     * Copies the list.
     *
     * @throws HubException.BadAnswer if a file is listed twice, as both would be one on a disk
     */
    public HubListing {
        files = List.copyOf(files);
        Set<String> paths = new HashSet<>();
        for (HubFile file : files) {
            if (!paths.add(file.path())) {
                throw new HubException.BadAnswer(
                        "%s lists %s twice; expected each file once"
                                .formatted(ref.id(), file.path()));
            }
        }
    }

    /** The branch, tag or commit that was asked for. */
    public String revision() {
        return ref.revision().orElse(DEFAULT_REVISION);
    }
}
