package dev.nightjar.tokenizer;

import dev.nightjar.tokenizer.algorithm.CharPlaces;
import dev.nightjar.tokenizer.algorithm.IdBuffer;
import dev.nightjar.tokenizer.algorithm.SubwordEncoder;
import dev.nightjar.tokenizer.algorithm.WordPieceEncoder;
import dev.nightjar.tokenizer.normalizer.BertNormalizer;
import dev.nightjar.tokenizer.normalizer.NormalizedText;
import dev.nightjar.tokenizer.normalizer.Normalizer;
import dev.nightjar.tokenizer.pretokenizer.BertWords;
import dev.nightjar.tokenizer.pretokenizer.PieceText;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;

/** WordPiece over text as uncased BERT prepares it. */
final class BertEncoder implements SubwordEncoder {
    private final Normalizer normalizer =
            BertNormalizer.of(EnumSet.allOf(BertNormalizer.Step.class));
    private final BertWords words = new BertWords();
    private final WordPieceEncoder pieces;

    BertEncoder(WordPieceEncoder pieces) {
        this.pieces = pieces;
    }

    @Override
    public void encode(byte[] utf8, int from, int to, IdBuffer out) {
        String text = new String(utf8, from, to - from, StandardCharsets.UTF_8);
        NormalizedText normalized = normalizer.normalize(NormalizedText.of(text));
        byte[] normal = normalized.text().getBytes(StandardCharsets.UTF_8);
        if (normal.length == 0) {
            return;
        }
        int first = out.size();
        words.split(
                PieceText.atStart(normal),
                0,
                normal.length,
                (piece, start, end) -> pieces.encode(piece.utf8(), start, end, out));
        if (out.hasEnds()) {
            leadBack(out, first, normalized, CharPlaces.of(normal));
            toBytes(out, first, text, from);
        }
    }

    private static void leadBack(IdBuffer out, int first, NormalizedText normalized, int[] places) {
        for (int i = first; i < out.size(); i++) {
            out.moveEnd(i, normalized.originalEnd(places[out.end(i)]));
        }
    }

    /** Ends in UTF-16 units, ascending, become ends in bytes. */
    private static void toBytes(IdBuffer out, int first, String text, int from) {
        int unit = 0;
        int place = from;
        for (int i = first; i < out.size(); i++) {
            int end = out.end(i);
            place += text.substring(unit, end).getBytes(StandardCharsets.UTF_8).length;
            unit = end;
            out.moveEnd(i, place);
        }
    }
}
