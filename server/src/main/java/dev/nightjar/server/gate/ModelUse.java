package dev.nightjar.server.gate;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The model that a request chose.
 *
 * @param id as the client named it, or its plain name where it named none
 * @param name the plain name, without a version
 * @param version the immutable id of the version that answers
 * @param task the word of what it is for, such as {@code generate}
 */
public record ModelUse(String id, String name, String version, String task) {

    /** All names that permissions may speak of. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        names.add(id);
        names.add(name);
        names.add(version);
        return names;
    }
}
