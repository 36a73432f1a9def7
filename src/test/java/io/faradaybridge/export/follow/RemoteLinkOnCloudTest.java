package io.faradaybridge.export.follow;

import io.faradaybridge.sandbox.jira.SandboxJira;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The same on Cloud. */
@Tag("long")
class RemoteLinkOnCloudTest extends RemoteLinkStoryTest {

    @BeforeAll
    static void start() {
        begin(SandboxJira.Options.cloud());
    }
}
