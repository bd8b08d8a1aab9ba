package dev.nightjar.server.cli.encode;

import dev.nightjar.engine.encoder.Classification.ScoredLabel;
import java.io.PrintStream;
import java.util.List;

/** A JSON object per text. */
record LabelLines(PrintStream out) implements LabelWriter {

    @Override
    public void add(String text, List<ScoredLabel> labels) {
        Results.line(
                out,
                json -> {
                    json.writeStartObject();
                    json.writeStringField("text", text);
                    json.writeArrayFieldStart("labels");
                    for (ScoredLabel label : labels) {
                        json.writeStartObject();
                        json.writeStringField("label", label.label());
                        json.writeNumberField("score", label.score());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    @Override
    public void end() {
        // each is written when it comes
    }
}
