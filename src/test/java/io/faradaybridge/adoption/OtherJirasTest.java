package io.faradaybridge.adoption;

import io.faradaybridge.sandbox.At;
import io.faradaybridge.sandbox.jira.Edition;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Stories of this package at the other Jiras. */
@Tag("long")
class OtherJirasTest {
    @Nested
    @At(Edition.DATA_CENTER_11)
    class ReclaimAtDataCenter11 extends ReclaimStoryTest {}

    @Nested
    @At(Edition.CLOUD)
    class ReclaimAtCloud extends ReclaimStoryTest {}
}
