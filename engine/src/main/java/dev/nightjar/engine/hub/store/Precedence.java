package dev.nightjar.engine.hub.store;

import dev.nightjar.engine.hub.HubListing;
import dev.nightjar.engine.hub.select.FileSelection;
import java.time.Instant;
import java.util.Comparator;

/** Which of several complete models is meant when a reference leaves it open. */
final class Precedence {

    /**
     * The default revision before others, then the variant a pull would choose, then the newest.
     */
    static final Comparator<StoredModel> ORDER =
            Comparator.comparing(Precedence::isOtherRevision)
                    .thenComparing(model -> FileSelection.rank(model.files().variant()))
                    .thenComparing(Precedence::pulled, Comparator.reverseOrder());

    private Precedence() {}

    private static boolean isOtherRevision(StoredModel model) {
        return !model.revisions().contains(HubListing.DEFAULT_REVISION);
    }

    private static Instant pulled(StoredModel model) {
        return model.pulled().orElse(Instant.MIN);
    }
}
