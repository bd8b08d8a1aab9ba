package dev.nightjar.server.generation;

import dev.nightjar.engine.request.OutputFormat;

/**
 * The form that a request wants its texts in.
 *
 * @param format the form
 * @param path the member that asks for it, as the client wrote it
 */
public record AskedFormat(OutputFormat format, String path) {}
