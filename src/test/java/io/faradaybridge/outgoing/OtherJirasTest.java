package io.faradaybridge.outgoing;

import io.faradaybridge.sandbox.At;
import io.faradaybridge.sandbox.jira.Edition;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Stories of this package at the other Jiras. */
@Tag("long")
class OtherJirasTest {
    @Nested
    @At(Edition.DATA_CENTER_11)
    class NewIssueAtDataCenter11 extends NewIssueInsteadStoryTest {}

    @Nested
    @At(Edition.CLOUD)
    class NewIssueAtCloud extends NewIssueInsteadStoryTest {}

    @Nested
    @At(Edition.DATA_CENTER_11)
    class SeveralTransitionsAtDataCenter11 extends SeveralTransitionsStoryTest {}

    @Nested
    @At(Edition.CLOUD)
    class SeveralTransitionsAtCloud extends SeveralTransitionsStoryTest {}
}
