package io.faradaybridge.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.BridgeWorld;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class WebhookResultsTest {

    private final BridgeWorld world = BridgeWorld.shared();

    @Test
    void each_reason_is_one_row_of_the_activity_an_hour_whichever_replica_saw_it() {
        world.rows()
                .sql("DELETE FROM faraday_bridge.activity WHERE vulnerability_id IS NULL")
                .update();
        Activity activity = world.bean(Activity.class);
        WebhookResults one = new WebhookResults(activity, new SimpleMeterRegistry());
        WebhookResults other = new WebhookResults(activity, new SimpleMeterRegistry());

        for (int n = 0; n < 3; n++) {
            one.refused(WebhookResult.NOT_JSON, "the body is not valid JSON, line " + n);
            other.refused(WebhookResult.NOT_JSON, "the body is not valid JSON, column " + n);
            other.refused(WebhookResult.WRONG_TOKEN, "the token lets nobody in");
        }

        assertThat(world.rows()
                        .sql("SELECT detail FROM faraday_bridge.activity WHERE vulnerability_id IS NULL ORDER BY id")
                        .query(String.class)
                        .list())
                .satisfiesExactly(
                        row -> assertThat(row).contains("not-json", "not valid JSON, line 0"),
                        row -> assertThat(row).contains("wrong-token"));
    }
}
