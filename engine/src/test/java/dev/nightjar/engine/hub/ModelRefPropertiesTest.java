package dev.nightjar.engine.hub;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class ModelRefPropertiesTest {

    /** Whatever is accepted stays inside the folder that it names. */
    @Property(tries = 2000)
    void neverLeavesAFolder(
            @ForAll
                    @StringLength(max = 24)
                    @CharRange(from = 'a', to = 'c')
                    @Chars({'.', '/', ':', '@', '\\', ' ', '-', '\0'})
                    String text) {
        try {
            ModelRef ref = ModelRef.parse(text);
            for (String part : new String[] {ref.id(), ref.part().orElse("x")}) {
                assertFalse(("/" + part + "/").contains("/../") || part.startsWith("/"), text);
                assertFalse(part.contains("\\") || part.contains("\0"), text);
            }
        } catch (HubException.BadReference refused) {
            assertTrue(refused.getMessage().contains("expected"), refused.getMessage());
        }
    }
}
