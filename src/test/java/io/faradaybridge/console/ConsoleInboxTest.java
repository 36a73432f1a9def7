package io.faradaybridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import io.faradaybridge.sandbox.BridgeWorld;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A person clears what waits for one. */
@InABrowser
@Tag("long")
class ConsoleInboxTest {

    private final BridgeWorld world = BridgeWorld.shared();

    private long letter(String body) {
        return letter(body, "The message is not JSON");
    }

    private long letter(String body, String cause) {
        return world.rows()
                .sql("""
                    INSERT INTO faraday_bridge.dead_letter (origin, route_id, correlation_id, body, content_type, headers, cause, attempts, message_id)
                    VALUES ('vuln-status', 'outgoing-ingress', :id, convert_to(:body, 'UTF8'), 'text', '{}', :cause, 1, :id)
                    RETURNING id""")
                .param("id", UUID.randomUUID().toString())
                .param("body", body)
                .param("cause", cause)
                .query(Long.class)
                .single();
    }

    private String state(long letter) {
        return world.rows()
                .sql("SELECT state FROM faraday_bridge.dead_letter WHERE id = :id")
                .param("id", letter)
                .query(String.class)
                .single();
    }

    /** What the stories before have left in the world that they share. */
    @BeforeEach
    void empty() {
        world.rows()
                .sql("UPDATE faraday_bridge.export_item SET set_aside = true WHERE state = 'refused'")
                .update();
        world.rows()
                .sql("UPDATE faraday_bridge.activity SET seen = true WHERE outcome = 'CONFLICT'")
                .update();
    }

    @Test
    void a_dead_letter_is_read_and_discarded() {
        long id = letter("<script>alert('dead')</script>");
        try (Browser desk = Browser.desk(world).as("faraday")) {
            desk.open("/inbox/dead-letters").look("dead-letters");
            desk.open("/inbox/dead-letters/" + id).look("dead-letter");
            assertThat(desk.text()).contains("<script>alert('dead')</script>", "The message is not JSON");
            desk.click("Discard it");
            desk.page().getByText("Dead letter " + id + " is discarded.").waitFor();
        }
        assertThat(state(id)).isEqualTo("discarded");
    }

    @Test
    void a_pentester_is_not_offered_what_only_others_may() {
        long id = letter("{}");
        try (Browser phone = Browser.phone(world).as("client")) {
            phone.open("/inbox/dead-letters/" + id);
            assertThat(phone.page().locator("main button").count()).isZero();
        }
    }

    @Test
    void a_blocked_link_is_looked_at_again() {
        int vulnerability = world.vulnerabilities(1).get(0);
        world.export(List.of(vulnerability), "SEC");
        await().until(() -> !world.issueKey(vulnerability).isEmpty());
        world.rows().sql("""
                    UPDATE faraday_bridge.issue_link SET blocked_at = now(), blocked_code = 'no-transition',
                           blocked_reason = 'no transition leads to <Done>; add one to the workflow' WHERE vulnerability_id = :id""").param("id", vulnerability).update();
        try (Browser desk = Browser.desk(world).as("faraday")) {
            desk.open("/inbox").look("inbox");
            assertThat(desk.text()).contains("no transition leads to <Done>");
            desk.open("/inbox/blocked").look("inbox-blocked");
            desk.page().locator("button[form=replay-" + vulnerability + "]").click();
            desk.page()
                    .getByText("looks at vulnerability " + vulnerability + " again")
                    .waitFor();
        }
        await().until(() -> world.rows()
                .sql("SELECT blocked_at IS NULL FROM faraday_bridge.issue_link WHERE vulnerability_id = :id")
                .param("id", vulnerability)
                .query(Boolean.class)
                .single());
    }

    @Test
    void empty_lists_say_what_they_are_for() {
        try (Browser phone = Browser.phone(world).as("faraday")) {
            for (String list : List.of("/unknown", "/differs", "/conflicts")) {
                phone.open("/inbox" + list).look("inbox" + list.replace('/', '-'));
            }
            phone.open("/inbox/differs/follow-jira").look("inbox-follow");
        }
    }

    @Test
    void equal_dead_letters_are_discarded_together_after_their_number_was_shown() {
        List<Long> letters = List.of(
                letter("{}", "names no vulnerability, attempt 1 of <b>Faraday</b>"),
                letter("{}", "names no vulnerability, attempt 2 of <b>Faraday</b>"),
                letter("{}", "names no vulnerability, attempt 3 of <b>Faraday</b>"));
        try (Browser phone = Browser.phone(world).as("faraday")) {
            phone.open("/inbox/dead-letters").look("dead-letters");
            phone.page()
                    .locator("tr", new Page.LocatorOptions().setHasText("names no vulnerability"))
                    .first()
                    .getByText("Discard")
                    .click();
            phone.look("inbox-act");
            assertThat(phone.text()).contains("What would be done", "discarded, and kept", "Discard: 3");
            long late = letter("{}", "names no vulnerability, attempt 4 of <b>Faraday</b>");
            phone.page().locator("#act button").click();
            assertThat(phone.text()).contains("Nothing was done: 4 would be dealt with now, not 3");
            letters.forEach(id -> assertThat(state(id)).isEqualTo("waiting"));
            phone.page().locator("#act button").click();
            phone.look("inbox-acted");
            assertThat(phone.text()).contains("4 dealt with");
            assertThat(state(late)).isEqualTo("discarded");
        }
        letters.forEach(id -> assertThat(state(id)).isEqualTo("discarded"));
    }

    @Test
    void ticked_exports_that_were_refused_are_sent_again() {
        List<Integer> two = world.vulnerabilities(2);
        world.rows()
                .sql("UPDATE vulnerability SET confirmed = false, name = '<i>=1+1</i>' WHERE id IN (:ids)")
                .param("ids", two)
                .update();
        world.export(two, "SEC");
        world.rows()
                .sql("UPDATE vulnerability SET confirmed = true WHERE id = ?")
                .param(two.get(0))
                .update();
        try (Browser desk = Browser.desk(world).as("pentester")) {
            desk.open("/inbox/refused").look("inbox-refused");
            desk.page()
                    .locator(".selection button", new Page.LocatorOptions().setHasText("Send again"))
                    .click();
            assertThat(desk.text()).contains("Nothing is ticked");
            assertThat(desk.page().locator("#act").count()).isZero();
            desk.open("/inbox/refused")
                    .page()
                    .getByLabel("Tick all on this page")
                    .check();
            desk.page()
                    .locator(".selection button", new Page.LocatorOptions().setHasText("Send again"))
                    .click();
            assertThat(desk.text()).contains("sent to SEC as Bug", "it is not confirmed; confirm it in Faraday first");
            desk.page().locator("#act button").click();
            desk.page().getByText("1 dealt with").waitFor();
        }
        await().until(() -> !world.issueKey(two.get(0)).isEmpty());
        assertThat(world.issueKey(two.get(1))).isEmpty();
    }

    @Test
    void each_list_shows_its_rows_with_what_can_be_done_about_them() {
        List<Integer> two = world.vulnerabilities(2);
        world.export(List.of(two.get(0)), "SEC");
        await().until(() -> !world.issueKey(two.get(0)).isEmpty());
        world.rows().sql("""
            UPDATE faraday_bridge.issue_link SET differs_since_adoption = true, adopted = true, as_adopted = true
             WHERE vulnerability_id = ?""").param(two.get(0)).update();
        world.rows().sql("""
            INSERT INTO faraday_bridge.activity (outcome, correlation_id, vulnerability_id, issue_key, detail, workspace_id)
            SELECT 'CONFLICT', 'c', id, issuetracker, 'Faraday''s move from open to <closed> is lost', workspace_id
              FROM vulnerability WHERE id = ?""").param(two.get(0)).update();
        world.rows()
                .sql("UPDATE vulnerability SET confirmed = false, name = 'مشروع <b>' WHERE id = ?")
                .param(two.get(1))
                .update();
        world.export(List.of(two.get(1)), "SEC");
        world.rows()
                .sql("UPDATE faraday_bridge.export_item SET state = 'unknown', reason = 'in <doubt>', sent_at = now()"
                        + " WHERE vulnerability_id = ?")
                .param(two.get(1))
                .update();
        try (Browser desk = Browser.desk(world).signIn("faraday")) {
            desk.open("/inbox/differs").look("inbox-differs-rows");
            assertThat(desk.text()).contains(world.issueKey(two.get(0)), "Let Faraday follow Jira…");
            desk.open("/inbox/conflicts").look("inbox-conflicts-rows");
            desk.page().locator("tbody .actions a").last().click();
            desk.page().locator("#act button").click();
            desk.page().getByText("1 dealt with").waitFor();
            desk.open("/inbox/unknown").look("inbox-unknown-rows");
            assertThat(desk.text()).contains("in <doubt>", "labels = \"faraday-bridge-");
            desk.click("Give it up");
            desk.page().getByText("The export is given up.").waitFor();
        }
        assertThat(world.outcomes(two.get(0))).endsWith("conflict", "discarded");
        assertThat(world.outcomes(two.get(1))).endsWith("replayed");
        world.rows()
                .sql("UPDATE faraday_bridge.issue_link SET differs_since_adoption = false WHERE vulnerability_id = ?")
                .param(two.get(0))
                .update();
    }
}
