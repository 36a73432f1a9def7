package io.faradaybridge.export.attachments;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.jira.SandboxJira;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The same on Cloud. */
@Tag("long")
class AttachmentsOnCloudTest extends AttachmentsStoryTest {

    @BeforeAll
    static void start() {
        begin(BridgeWorld.asleep(SandboxJira.Options.cloud()));
    }
}
