package io.faradaybridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.sandbox.BridgeWorld;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A person reads what happened, while it happens. */
@Tag("long")
@InABrowser
class ConsoleActivityTest {

    private final BridgeWorld world = BridgeWorld.shared();

    private void happens(Outcome outcome, String detail) {
        world.bean(Activity.class).record(outcome, UUID.randomUUID().toString(), 2, "SEC-1", detail, null);
    }

    @Test
    void what_happens_appears_by_itself_and_can_be_restricted() {
        String detail = "<script>alert(1)</script> لا يمكن " + "long ".repeat(300) + UUID.randomUUID();
        String later = "later " + UUID.randomUUID();
        happens(Outcome.REFUSED, detail);
        try (Browser desk = Browser.desk(world).as("pentester")) {
            desk.open("/activity").look("activity");
            assertThat(desk.text()).contains("<script>alert(1)</script>");

            happens(Outcome.CONFLICT, later);
            desk.page().getByText(later).waitFor();

            desk.page().getByLabel("Outcome").selectOption("conflict");
            desk.page().waitForURL("**outcome=conflict**");
            assertThat(desk.text()).contains(later).doesNotContain(detail);
        }
        try (Browser phone = Browser.phone(world).as("pentester")) {
            phone.open("/activity").look("activity");
        }
    }

    @Test
    void older_pages_are_reached_and_a_wrong_filter_is_said() {
        for (int i = 0; i < 60; i++) {
            happens(Outcome.IGNORED, "row " + i + " of many");
        }
        try (Browser desk = Browser.desk(world).as("faraday")) {
            desk.open("/activity?outcome=ignored").click("Older");
            desk.page().waitForURL("**before=**");
            assertThat(desk.text()).contains("row 2 of many").doesNotContain("row 55 of many");

            desk.open("/activity?vulnerability_id=x");
            assertThat(desk.text()).contains("vulnerability_id");
        }
    }

    /** A month in which something happened on every day, and Jira was slow and limited the bridge. */
    private void aMonth() {
        world.rows().sql("""
            INSERT INTO faraday_bridge.activity (at, outcome, correlation_id, detail, vulnerability_id, workspace_id)
            SELECT now() - d * interval '1 day', (ARRAY['APPLIED', 'DRIVEN', 'EXPORTED', 'BLOCKED', 'REFUSED', 'POSTPONED', 'DEAD'])[o],
                   'a-month', CASE WHEN o > 3 THEN 'Jira refused SEC-' || d || ': <b>Field Customer is required</b> لا' ELSE 'moved' END, 2, 1
              FROM generate_series(1, 29) d, generate_series(1, 7) o, generate_series(1, (d * o) % 9)""").update();
        world.rows().sql("""
            INSERT INTO faraday_bridge.minute_sample (minute, replica, calls, total_ms, longest_ms, limited, due_ms)
            SELECT now() - d * interval '1 day', 'a-month', 10 * d, 10 * d * (80 + d * 37 % 200), 300 + d * 401 % 4000, d % 5 / 4,
                   CASE WHEN d % 3 > 0 THEN d * 7000 END
              FROM generate_series(1, 29) d WHERE d NOT BETWEEN 12 AND 14
            ON CONFLICT DO NOTHING""").update();
    }

    @Test
    void charts_show_what_happened_and_tables_say_the_same() {
        aMonth();
        try {
            charts();
        } finally { // other stories of this world read the newest rows
            world.rows()
                    .sql("DELETE FROM faraday_bridge.activity WHERE correlation_id = 'a-month'")
                    .update();
            world.rows()
                    .sql("DELETE FROM faraday_bridge.minute_sample WHERE replica = 'a-month'")
                    .update();
        }
    }

    private void charts() {
        try (Browser desk = Browser.desk(world).signIn("faraday")) {
            desk.open("/activity").click("Charts");
            desk.page().waitForURL("**/activity/charts");
            desk.click("Last month");
            desk.page().waitForURL("**range=month");
            desk.look("charts");
            assertThat(desk.text())
                    .contains("changes to Faraday", "Failures by cause", "Field Customer is required</b>");
            assertThat(desk.page().locator("svg.chart[role=img] > title").allTextContents())
                    .contains("Changes by direction", "How long Jira's answers took");
            desk.page().locator("section[aria-labelledby=answers] summary").click();
            assertThat(desk.page()
                            .locator("section[aria-labelledby=answers] tbody tr")
                            .count())
                    .isEqualTo(30);
            assertThat(desk.page()
                            .locator("section[aria-labelledby=answers] tbody")
                            .innerText())
                    .contains("the bridge saved no figures", " ms");

            assertThat(desk.open("/activity/charts?range=year").text()).contains("must be one of [hour, day, month]");
        }
        try (Browser phone = Browser.phone(world).signIn("pentester")) {
            phone.open("/activity/charts?range=month").look("charts");
        }
    }
}
