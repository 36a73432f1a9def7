package io.faradaybridge.export.attachments;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.jira.SandboxJira;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The same on Data Center 11. */
@Tag("long")
class AttachmentsOnDataCenter11Test extends AttachmentsStoryTest {

    @BeforeAll
    static void start() {
        begin(BridgeWorld.asleep(SandboxJira.Options.dataCenter11()));
    }
}
