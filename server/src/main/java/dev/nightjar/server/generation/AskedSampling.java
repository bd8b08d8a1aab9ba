package dev.nightjar.server.generation;

import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.engine.request.SamplingParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What a request itself says of sampling, over the defaults of its dialect. What the model suggests
 * comes in between, and is known only when the model is.
 *
 * <p>For one thread; complete before it is given to {@link Sequences}.
 */
public final class AskedSampling {

    private final SamplingDefaults defaults;
    private final List<Consumer<SamplingParams.Builder>> asked = new ArrayList<>();

    /** Nothing asked for. */
    AskedSampling(SamplingDefaults defaults) {
        this.defaults = defaults;
    }

    /** Sets something that the request asks for. */
    public AskedSampling with(Consumer<SamplingParams.Builder> setting) {
        asked.add(setting);
        return this;
    }

    /** Sets what a member asks for, if it is there. */
    <T> AskedSampling with(Optional<T> value, BiConsumer<SamplingParams.Builder, T> setter) {
        value.ifPresent(found -> asked.add(params -> setter.accept(params, found)));
        return this;
    }

    /** The knobs: the request's over the model's over the dialect's. */
    SamplingParams.Builder over(ModelSampling model) {
        SamplingParams.Builder params = defaults.params();
        model.applyTo(params);
        asked.forEach(setting -> setting.accept(params));
        return params;
    }
}
