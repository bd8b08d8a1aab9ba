package dev.nightjar.server.generation;

import dev.nightjar.engine.request.SamplingFilter;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestField;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The filters between logits and draw, in the order a request wants them. */
final class FilterOrder {

    private static final Map<String, SamplingFilter> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put("temperature", SamplingFilter.TEMPERATURE);
        BY_NAME.put("top_k", SamplingFilter.TOP_K);
        BY_NAME.put("typical_p", SamplingFilter.TYPICAL);
        BY_NAME.put("typ_p", SamplingFilter.TYPICAL);
        BY_NAME.put("top_p", SamplingFilter.TOP_P);
        BY_NAME.put("min_p", SamplingFilter.MIN_P);
    }

    private static final List<String> NAMES = List.copyOf(BY_NAME.keySet());

    /** The member. */
    static final Field<List<SamplingFilter>> SAMPLERS =
            Field.of(
                    "samplers",
                    FieldSchema.arrayOf(FieldSchema.words(NAMES)),
                    "The filters in the order they act in; one left out is off. Penalties come"
                            + " before all of them.",
                    FilterOrder::read);

    private FilterOrder() {}

    private static List<SamplingFilter> read(RequestField field) {
        List<RequestField> elements = field.elements();
        if (elements.size() > NAMES.size()) {
            return field.expected("at most %d names".formatted(NAMES.size()), elements.size());
        }
        Set<SamplingFilter> seen = EnumSet.noneOf(SamplingFilter.class);
        for (RequestField element : elements) {
            if (!seen.add(filter(element))) {
                return element.expected("named once", "'" + element.string() + "' again");
            }
        }
        return elements.stream().map(FilterOrder::filter).toList();
    }

    private static SamplingFilter filter(RequestField element) {
        return BY_NAME.get(element.word(NAMES));
    }
}
