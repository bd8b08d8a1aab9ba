package dev.nightjar.server.store;

import java.nio.file.Path;

/**
 * The file of the embedded database.
 *
 * @param folder it lies in
 * @param name of the database, without the ending of the file
 */
record EmbeddedFile(Path folder, String name) {

    private static final String NAME = "nightjar";
    private static final String ENDING = ".mv.db";

    static EmbeddedFile of(StoreConfig config) {
        return new EmbeddedFile(config.folder().toAbsolutePath().normalize(), NAME);
    }

    /** A copy of it beside it. */
    EmbeddedFile copy() {
        return new EmbeddedFile(folder, name + "-copy");
    }

    Path path() {
        return folder.resolve(name + ENDING);
    }

    /**
     * Its URL. The cache is small, as everything often read is kept elsewhere; nothing is traced,
     * as traces are not encrypted.
     */
    String url() {
        return "jdbc:h2:file:"
                + folder.resolve(name)
                + ";CIPHER=AES;CACHE_SIZE=2048;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0"
                + ";DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=0;LOCK_TIMEOUT=10000";
    }
}
