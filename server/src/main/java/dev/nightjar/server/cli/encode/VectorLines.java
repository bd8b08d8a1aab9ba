package dev.nightjar.server.cli.encode;

import java.io.PrintStream;

/** Each vector as a JSON array of numbers that read back as the same floats. */
record VectorLines(PrintStream out) implements VectorWriter {

    @Override
    public void add(String text, float[] vector) {
        Results.line(
                out,
                json -> {
                    json.writeStartArray();
                    for (float element : vector) {
                        json.writeNumber(element);
                    }
                    json.writeEndArray();
                });
    }

    @Override
    public void end() {
        // each is written when it comes
    }
}
