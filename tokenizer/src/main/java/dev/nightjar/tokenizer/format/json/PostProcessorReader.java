package dev.nightjar.tokenizer.format.json;

import dev.nightjar.tokenizer.encoding.PostProcessor;
import dev.nightjar.tokenizer.encoding.PostProcessor.Piece;
import dev.nightjar.tokenizer.encoding.PostProcessor.Trim;
import dev.nightjar.tokenizer.format.syntax.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the fourth stage; every kind becomes a template for one text and one for two. */
final class PostProcessorReader {
    private static final int MAX_TYPE_ID = 1 << 16;

    private final int numTokens;

    /** A reader that requires ids below this number. */
    PostProcessorReader(int numTokens) {
        this.numTokens = numTokens;
    }

    PostProcessor read(Optional<JsonNode> node) {
        List<JsonNode> rules = new ArrayList<>();
        node.ifPresent(root -> flatten(root, rules));
        PostProcessor template = null;
        Trim trim = Trim.KEPT;
        for (JsonNode rule : rules) {
            boolean isTemplate = !rule.require("type").string().equals("ByteLevel");
            if (isTemplate && template != null) {
                throw rule.error("expected at most one rule that adds tokens, found another");
            }
            PostProcessor read = readOne(rule);
            template = isTemplate ? read : template;
            trim = read.trim() == Trim.TRIMMED ? Trim.TRIMMED : trim;
        }
        PostProcessor added = template == null ? PostProcessor.NONE : template;
        return new PostProcessor(added.single(), added.pair(), trim);
    }

    private static void flatten(JsonNode node, List<JsonNode> rules) {
        if (node.require("type").string().equals("Sequence")) {
            node.require("processors").elements().forEach(rule -> flatten(rule, rules));
        } else {
            rules.add(node);
        }
    }

    private PostProcessor readOne(JsonNode node) {
        JsonNode type = node.require("type");
        return switch (type.string()) {
            case "TemplateProcessing" -> template(node);
            case "BertProcessing" -> bert(node);
            case "RobertaProcessing" -> roberta(node);
            case "ByteLevel" ->
                    new PostProcessor(
                            PostProcessor.NONE.single(), PostProcessor.NONE.pair(), trim(node));
            default ->
                    throw type.error("\"%s\" is no known post-processor".formatted(type.string()));
        };
    }

    private static Trim trim(JsonNode node) {
        return node.flag("trim_offsets", true) ? Trim.TRIMMED : Trim.KEPT;
    }

    private PostProcessor bert(JsonNode node) {
        int[] cls = token(node.require("cls"));
        int[] sep = token(node.require("sep"));
        List<Piece> single =
                List.of(new Piece.Special(cls, 0), new Piece.Text(0, 0), new Piece.Special(sep, 0));
        List<Piece> pair = new ArrayList<>(single);
        pair.add(new Piece.Text(1, 1));
        pair.add(new Piece.Special(sep, 1));
        return new PostProcessor(single, pair, Trim.KEPT);
    }

    private PostProcessor roberta(JsonNode node) {
        int[] cls = token(node.require("cls"));
        int[] sep = token(node.require("sep"));
        List<Piece> single =
                List.of(new Piece.Special(cls, 0), new Piece.Text(0, 0), new Piece.Special(sep, 0));
        List<Piece> pair = new ArrayList<>(single);
        pair.add(new Piece.Special(sep, 0));
        pair.add(new Piece.Text(1, 0));
        pair.add(new Piece.Special(sep, 0));
        return new PostProcessor(single, pair, trim(node));
    }

    /** The id of {@code ["[SEP]", 102]}. */
    private int[] token(JsonNode node) {
        List<JsonNode> parts = node.elements();
        if (parts.size() != 2) {
            throw node.error(
                    "expected a token and its id, found %d values".formatted(parts.size()));
        }
        return new int[] {id(parts.getLast())};
    }

    private int id(JsonNode node) {
        return node.integer(0, numTokens - 1);
    }

    private PostProcessor template(JsonNode node) {
        JsonNode specials = node.require("special_tokens");
        return new PostProcessor(
                pieces(node.require("single"), specials, 1),
                pieces(node.require("pair"), specials, 2),
                Trim.KEPT);
    }

    private List<Piece> pieces(JsonNode template, JsonNode specials, int numTexts) {
        List<Piece> pieces = new ArrayList<>();
        for (JsonNode piece : template.elements()) {
            Optional<JsonNode> special = piece.find("SpecialToken");
            pieces.add(
                    special.isPresent()
                            ? special(special.get(), specials)
                            : text(piece.require("Sequence"), numTexts));
        }
        return pieces;
    }

    private static Piece text(JsonNode node, int numTexts) {
        JsonNode id = node.require("id");
        int index =
                switch (id.string()) {
                    case "A" -> 0;
                    case "B" -> 1;
                    default -> throw id.error("expected A or B, found " + id.kind());
                };
        if (index >= numTexts) {
            throw id.error("expected A in a template for one text, found B");
        }
        return new Piece.Text(index, typeId(node));
    }

    private Piece special(JsonNode node, JsonNode specials) {
        JsonNode token = specials.require(node.require("id").string());
        int[] ids = token.require("ids").elements().stream().mapToInt(this::id).toArray();
        return new Piece.Special(ids, typeId(node));
    }

    private static int typeId(JsonNode node) {
        return node.integer("type_id", 0, 0, MAX_TYPE_ID);
    }
}
