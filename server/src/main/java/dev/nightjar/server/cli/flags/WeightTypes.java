package dev.nightjar.server.cli.flags;

import dev.nightjar.engine.quantize.Mixture;
import java.util.Iterator;

/** The types of weights in the help of commands that write models. */
public final class WeightTypes implements Iterable<String> {

    /** All of them. */
    public WeightTypes() {}

    @Override
    public Iterator<String> iterator() {
        return Mixture.names().iterator();
    }
}
