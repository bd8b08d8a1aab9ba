package dev.nightjar.server.cli.predict;

import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.tabular.TableBuilder;
import java.io.IOException;

/** Rows as they are read. */
interface Rows {

    /**
     * Reads one more row into a table.
     *
     * @return whether there was one
     * @throws InvalidRequestException if it does not fit the model; names the line
     */
    boolean read(TableBuilder table) throws IOException;
}
