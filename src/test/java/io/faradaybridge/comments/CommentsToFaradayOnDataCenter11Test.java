package io.faradaybridge.comments;

import io.faradaybridge.sandbox.jira.SandboxJira;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The same on Data Center 11. */
@Tag("long")
class CommentsToFaradayOnDataCenter11Test extends CommentsToFaradayStoryTest {

    @BeforeAll
    static void start() {
        begin(SandboxJira.Options.dataCenter11());
    }
}
