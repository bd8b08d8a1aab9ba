package dev.nightjar.engine.grammar.regex;

import dev.nightjar.engine.grammar.part.GrammarProblem;
import dev.nightjar.engine.grammar.regex.Expression.Anchor;
import dev.nightjar.engine.grammar.regex.Expression.Chars;
import dev.nightjar.engine.grammar.regex.Expression.Choice;
import dev.nightjar.engine.grammar.regex.Expression.Repeat;
import dev.nightjar.engine.grammar.regex.Expression.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the anchors out of an expression. What is not anchored is padded with free text if the
 * expression is searched for, so that the result always matches whole texts.
 */
final class Anchors {

    private Anchors() {}

    /** The whole texts in which an expression matches; padded where it has no anchor. */
    static Expression resolve(Expression expression, boolean padsBegin, boolean padsEnd) {
        return switch (expression) {
            case Choice choice ->
                    new Choice(
                            choice.parts().stream()
                                    .map(part -> resolve(part, padsBegin, padsEnd))
                                    .toList());
            case Sequence sequence -> sequence(sequence.parts(), padsBegin, padsEnd);
            case Anchor anchor -> sequence(List.of(anchor), padsBegin, padsEnd);
            default -> pad(expression, padsBegin, padsEnd);
        };
    }

    private static Expression sequence(List<Expression> parts, boolean padsBegin, boolean padsEnd) {
        int from = 0;
        int to = parts.size();
        while (from < to && parts.get(from) instanceof Anchor anchor && anchor.isBegin()) {
            from++;
        }
        while (to > from && parts.get(to - 1) instanceof Anchor anchor && !anchor.isBegin()) {
            to--;
        }
        boolean begins = padsBegin && from == 0;
        boolean ends = padsEnd && to == parts.size();
        return to - from == 1 && !(parts.get(from) instanceof Anchor)
                ? resolve(parts.get(from), begins, ends)
                : pad(new Sequence(parts.subList(from, to)), begins, ends);
    }

    private static Expression pad(Expression expression, boolean padsBegin, boolean padsEnd) {
        firstAnchor(expression)
                .ifPresent(
                        anchor -> {
                            throw new GrammarProblem(
                                    "position " + anchor.position(),
                                    ("an anchor can only stand at the beginning or end of the"
                                                    + " expression or of an alternative, found one at"
                                                    + " position %d")
                                            .formatted(anchor.position()));
                        });
        List<Expression> parts = new ArrayList<>();
        if (padsBegin) {
            parts.add(Expression.ANYTHING);
        }
        parts.add(expression);
        if (padsEnd) {
            parts.add(Expression.ANYTHING);
        }
        return parts.size() == 1 ? expression : new Sequence(parts);
    }

    private static Optional<Anchor> firstAnchor(Expression expression) {
        return switch (expression) {
            case Anchor anchor -> Optional.of(anchor);
            case Chars chars -> Optional.empty();
            case Repeat repeat -> firstAnchor(repeat.part());
            case Sequence sequence -> firstAnchor(sequence.parts());
            case Choice choice -> firstAnchor(choice.parts());
        };
    }

    private static Optional<Anchor> firstAnchor(List<Expression> parts) {
        return parts.stream().map(Anchors::firstAnchor).flatMap(Optional::stream).findFirst();
    }
}
