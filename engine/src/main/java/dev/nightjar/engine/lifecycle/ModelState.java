package dev.nightjar.engine.lifecycle;

import java.util.Locale;

/** Where a model stands. */
public enum ModelState {
    /** Known, but not in memory. */
    UNLOADED,
    /** On its way into memory; requests wait for it. */
    LOADING,
    /** Takes requests. */
    READY,
    /** Takes no new requests; its memory is released when those that run have ended. */
    DRAINING,
    /** Could not be loaded; the reason is known, and loading can be tried again. */
    FAILED;

    /** Its name on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
