package io.faradaybridge.export.follow;

import io.faradaybridge.sandbox.jira.SandboxJira;
import org.junit.jupiter.api.BeforeAll;

/** The same on Data Center 11. */
class FollowOnDataCenter11Test extends FollowStoryTest {

    @BeforeAll
    static void start() {
        begin(SandboxJira.Options.dataCenter11());
    }
}
