package dev.nightjar.server.auth;

import dev.nightjar.server.store.StoredToken;

/**
 * A token at the only time when its text is known.
 *
 * @param text to be shown once and never kept
 * @param stored what is kept of it
 */
public record IssuedToken(String text, StoredToken stored) {

    /** Without the text. */
    @Override
    public String toString() {
        return "issued " + stored;
    }
}
