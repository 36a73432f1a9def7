package io.faradaybridge.outgoing;

import io.faradaybridge.sandbox.jira.SandboxJira;
import org.junit.jupiter.api.BeforeAll;

/** The same on Cloud. */
class StrictWorkflowOnCloudTest extends StrictWorkflowStoryTest {

    @BeforeAll
    static void start() {
        begin(SandboxJira.Options.cloud());
    }
}
