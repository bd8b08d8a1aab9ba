package dev.nightjar.tokenizer.encoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From the tokens of one text or two to the input of a model: cut, specials added, filled. */
public final class Assembler {
    private final PostProcessor postProcessor;

    /** An assembler that adds what this stage adds. */
    public Assembler(PostProcessor postProcessor) {
        this.postProcessor = postProcessor;
    }

    /**
     * One input.
     *
     * @throws EncodingException if it cannot be cut as it was asked for
     */
    public Encoding assemble(TokenSpan first, Optional<TokenSpan> second, EncodingOptions options) {
        Encoding encoding = cut(first, second, options);
        if (options.padding().isEmpty()) {
            return encoding;
        }
        Padding padding = options.padding().get();
        return encoding.padded(padding, padding.lengthFor(encoding.size()));
    }

    private Encoding cut(TokenSpan first, Optional<TokenSpan> second, EncodingOptions options) {
        if (options.truncation().isEmpty()) {
            return postProcessor.process(first, second, options.specials());
        }
        boolean isAdded = options.specials() == EncodingOptions.Specials.ADDED;
        int numAdded = isAdded ? postProcessor.numAdded(second.isPresent()) : 0;
        List<List<TokenSpan>> parts =
                new Truncator(options.truncation().get(), numAdded).cut(first, second);
        List<Encoding> all = new ArrayList<>();
        if (second.isEmpty()) {
            for (TokenSpan part : parts.getFirst()) {
                all.add(postProcessor.process(part, Optional.empty(), options.specials()));
            }
        } else {
            combine(parts.getFirst(), parts.getLast(), options.specials(), all);
        }
        return all.getFirst().withOverflowing(List.copyOf(all.subList(1, all.size())));
    }

    /** Every part of the first text with every part of the second; what is kept of both first. */
    private void combine(
            List<TokenSpan> first,
            List<TokenSpan> second,
            EncodingOptions.Specials specials,
            List<Encoding> out) {
        out.add(postProcessor.process(first.getFirst(), Optional.of(second.getFirst()), specials));
        for (TokenSpan part : first.subList(1, first.size())) {
            for (TokenSpan other : second) {
                out.add(postProcessor.process(part, Optional.of(other), specials));
            }
        }
        for (TokenSpan other : second.subList(1, second.size())) {
            out.add(postProcessor.process(first.getFirst(), Optional.of(other), specials));
        }
    }
}
