package io.faradaybridge.export.follow;

import io.faradaybridge.sandbox.jira.SandboxJira;
import org.junit.jupiter.api.BeforeAll;

/** The same on Cloud. */
class FollowOnCloudTest extends FollowStoryTest {

    @BeforeAll
    static void start() {
        begin(SandboxJira.Options.cloud());
    }
}
