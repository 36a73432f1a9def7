package io.faradaybridge.outgoing;

import io.faradaybridge.sandbox.jira.SandboxJira;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The same on Data Center 11. */
@Tag("long")
class StrictWorkflowOnDataCenter11Test extends StrictWorkflowStoryTest {

    @BeforeAll
    static void start() {
        begin(SandboxJira.Options.dataCenter11());
    }
}
