package io.faradaybridge.export.follow;

import io.faradaybridge.sandbox.jira.SandboxJira;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The same on Data Center 11. */
@Tag("long")
class RemoteLinkOnDataCenter11Test extends RemoteLinkStoryTest {

    @BeforeAll
    static void start() {
        begin(SandboxJira.Options.dataCenter11());
    }
}
