package dev.nightjar.tokenizer.pipeline;

import dev.nightjar.tokenizer.algorithm.AddedTokenMatcher.PartConsumer;
import dev.nightjar.tokenizer.algorithm.CharPlaces;
import dev.nightjar.tokenizer.algorithm.IdBuffer;
import dev.nightjar.tokenizer.encoding.PostProcessor;
import dev.nightjar.tokenizer.encoding.TokenSpan;
import dev.nightjar.tokenizer.normalizer.NormalizedText;
import dev.nightjar.tokenizer.pretokenizer.PieceText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One text on its way through the first three stages. Used once.
 *
 * <p>The ends in the buffer are places in the given text; where tokens begin is kept here, as the
 * stages may leave something out between them.
 */
final class EncodingPass {
    private final PipelineSpec spec;
    private final AddedTokens added;
    private final IdBuffer ids;
    private int[] starts = {};

    EncodingPass(PipelineSpec spec, AddedTokens added, IdBuffer ids) {
        this.spec = spec;
        this.added = added;
        this.ids = ids;
    }

    void encode(String text) {
        added.raw()
                .split(
                        text,
                        new PartConsumer() {
                            @Override
                            public void text(int from, int to) {
                                section(text.substring(from, to), from);
                            }

                            @Override
                            public void token(int id, int from, int to) {
                                addToken(id, from, to);
                            }
                        });
    }

    /** The tokens with their places, spaces taken off where the checkpoint wants that. */
    TokenSpan span(String text) {
        int[] ends = new int[ids.size()];
        Arrays.setAll(ends, ids::end);
        int[] begins = Arrays.copyOf(starts, ids.size());
        if (spec.postProcessor().trim() == PostProcessor.Trim.TRIMMED) {
            for (int i = 0; i < ends.length; i++) {
                while (begins[i] < ends[i] && text.charAt(begins[i]) == ' ') {
                    begins[i]++;
                }
                while (begins[i] < ends[i] && text.charAt(ends[i] - 1) == ' ') {
                    ends[i]--;
                }
            }
        }
        return new TokenSpan(ids.toArray(), begins, ends);
    }

    /** A stretch between added tokens that are found as they are spelled. */
    private void section(String text, int offset) {
        NormalizedText normalized = spec.normalizer().normalize(NormalizedText.of(text, offset));
        added.normalized()
                .split(
                        normalized.text(),
                        new PartConsumer() {
                            @Override
                            public void text(int from, int to) {
                                pieces(normalized, from, to);
                            }

                            @Override
                            public void token(int id, int from, int to) {
                                addToken(
                                        id,
                                        normalized.originalStart(from),
                                        normalized.originalEnd(to));
                            }
                        });
    }

    private void pieces(NormalizedText normalized, int from, int to) {
        byte[] utf8 = normalized.text().substring(from, to).getBytes(StandardCharsets.UTF_8);
        PieceText text =
                normalized.originalStart(from) == 0
                        ? PieceText.atStart(utf8)
                        : PieceText.within(utf8);
        if (!ids.hasEnds()) {
            spec.splitter()
                    .split(
                            text,
                            0,
                            utf8.length,
                            (part, start, end) ->
                                    spec.model().encode(part.utf8(), start, end, ids));
            return;
        }
        int[] places = CharPlaces.of(utf8);
        spec.splitter()
                .split(
                        text,
                        0,
                        utf8.length,
                        (part, start, end) -> {
                            int first = ids.size();
                            spec.model().encode(part.utf8(), start, end, ids);
                            place(first, start, part, places, normalized, from);
                        });
    }

    /** Leads the places of the tokens of a piece back through the two stages. */
    private void place(
            int first,
            int pieceStart,
            PieceText part,
            int[] places,
            NormalizedText normalized,
            int from) {
        growStarts();
        int start = pieceStart;
        for (int i = first; i < ids.size(); i++) {
            int end = ids.end(i);
            int startUnit = from + places[part.normalizedStart(start)];
            int endUnit = from + unitAfter(places, part.normalizedEnd(end));
            starts[i] = normalized.originalStart(startUnit);
            ids.moveEnd(i, Math.max(starts[i], normalized.originalEnd(endUnit)));
            start = end;
        }
    }

    /** The unit that ends where a byte ends: inside a character, the end of the character. */
    private static int unitAfter(int[] places, int end) {
        int i = end;
        while (end > 0 && i < places.length - 1 && places[i] == places[end - 1]) {
            i++;
        }
        return places[i];
    }

    private void addToken(int id, int from, int to) {
        ids.add(id, to);
        if (ids.hasEnds()) {
            growStarts();
            starts[ids.size() - 1] = from;
        }
    }

    private void growStarts() {
        if (ids.size() > starts.length) {
            starts = Arrays.copyOf(starts, Math.max(64, 2 * ids.size()));
        }
    }
}
