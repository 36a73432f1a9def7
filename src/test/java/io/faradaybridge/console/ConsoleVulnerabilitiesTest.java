package io.faradaybridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An analyst finds vulnerabilities, sends them to Jira, follows the export, and links and unlinks issues. */
@Tag("long")
@InABrowser
class ConsoleVulnerabilitiesTest {

    private static final String SCRIPT = "<script>alert(1)</script>";

    private final BridgeWorld world = BridgeWorld.shared();
    private List<Integer> ids;
    private String tag;

    @BeforeEach
    void enter() {
        BridgeWorld.shared();
        ids = world.vulnerabilities(2);
        tag = "Story " + ids.get(0);
        ids.forEach(id -> name(id, tag + " of " + id));
    }

    private void name(int vulnerability, String name) {
        world.rows()
                .sql("UPDATE vulnerability SET name = ? WHERE id = ?")
                .params(name, vulnerability)
                .update();
    }

    private void find(Browser browser, String words) {
        browser.open("/vulnerabilities").fill("Name contains", words);
        await().until(() -> browser.text().matches("(?s).*1 to (\\d) of \\1\\b.*"));
    }

    @Test
    void two_are_previewed_sent_and_kept_in_step() {
        try (Browser desk = Browser.desk(world)) {
            desk.as("pentester");
            find(desk, tag);
            assertThat(desk.text()).contains("1 to 2 of 2", "Not linked");
            desk.look("vulnerabilities");
            desk.page().getByLabel("Tick all on this page").check();
            assertThat(desk.text()).contains("2 ticked");
            desk.click("Send to Jira");
            desk.page().locator("#to").selectOption("SEC");
            desk.page().waitForURL("**to=SEC**");
            assertThat(desk.text()).contains("All 2 of the preview can be created");
            desk.look("send");
            desk.click("Send 2 to SEC as Bug");
            desk.page().waitForURL("**/exports/*");
            await().until(() -> desk.text().contains("2 of 2") && desk.text().contains("Finished"));
            ids.forEach(id -> assertThat(world.issueKey(id)).isNotEmpty());
            assertThat(desk.text()).contains("Created", world.issueKey(ids.get(0)), world.issueKey(ids.get(1)));
            desk.look("export");

            Link first = new Link(world, ids.get(0), world.issueKey(ids.get(0)));
            first.awaitQuiet();
            world.jira().movePerson(first.issueKey(), "Done");
            first.webhooksCome().awaitFaraday("closed");
            first.awaitQuiet();
            desk.open("/vulnerabilities/" + first.vulnerability());
            assertThat(desk.text()).contains("In step", "Closed", "Done", "Applied", "Exported", first.issueKey());
            assertThat(desk.text()).contains("POST /rest/api/2/issue/bulk", "a call for 2 issues", "Accepted HTTP 201");
            desk.click("The body as it was sent");
            assertThat(desk.text()).contains("\"issueUpdates\"", "\"marker\"", tag + " of");
            desk.look("vulnerability");
            desk.click("Show the request");
            desk.page().waitForURL("**show=request**");
            assertThat(desk.text()).contains("The request to Jira", "\"summary\"");
            desk.open("/exports").look("exports");
            assertThat(desk.text()).contains("pentester", "SEC · Bug");
        }
        try (Browser phone = Browser.phone(world)) {
            phone.as("pentester");
            find(phone, tag);
            phone.look("vulnerabilities");
            phone.open("/vulnerabilities/" + ids.get(0)).look("vulnerability");
            phone.open("/exports").look("exports");
            phone.click("Export " + lastBatch());
            phone.page().waitForURL("**/exports/*");
            phone.look("export");
            phone.open("/vulnerabilities/export?to=SEC&ids=" + ids.get(0)).look("send");
        }
    }

    private long lastBatch() {
        return world.rows()
                .sql("SELECT max(id) FROM faraday_bridge.export_batch")
                .query(Long.class)
                .single();
    }

    @Test
    void all_that_match_are_sent_and_those_with_an_issue_are_named() {
        Link linked = Link.exported(world, "SEC");
        name(linked.vulnerability(), tag + " linked");
        try (Browser desk = Browser.desk(world)) {
            desk.as("pentester");
            find(desk, tag);
            await().until(() -> desk.text().contains("Send all 3 that match"));
            desk.click("Send all 3 that match");
            desk.page().locator("#to").selectOption("SEC");
            desk.page().waitForURL("**to=SEC**");
            assertThat(desk.text()).contains("1 with problems", "2 of the 3 in the preview can be created");
            desk.click("Send 3 to SEC as Bug");
            desk.page().waitForURL("**/exports/*");
            await().until(() -> desk.text().contains("3 of 3"));
            assertThat(desk.text()).contains("Already linked", linked.issueKey(), "Created");
            desk.look("export-mixed");
        }
        ids.forEach(id -> assertThat(world.issueKey(id)).startsWith("SEC-"));
    }

    @Test
    void an_issue_is_shown_before_it_is_linked_and_unlinking_says_what_it_does() {
        int id = ids.get(0);
        String key =
                world.jira().createPerson("SEC", "Bug", "found by a person").key();
        try (Browser desk = Browser.desk(world)) {
            desk.as("pentester").open("/vulnerabilities/" + id);
            desk.fill("Key or address of the issue", "https://elsewhere.example/browse/" + key);
            desk.click("Show the issue");
            assertThat(desk.text()).contains("the configured Jira is");
            desk.fill("Key or address of the issue", world.jira().baseUrl() + "/browse/" + key + "?filter=1");
            desk.click("Show the issue");
            assertThat(desk.text()).contains("found by a person", "In Jira: To Do");
            desk.look("vulnerability-link");
            assertThat(world.issueKey(id)).isEmpty();
            desk.click("Link to " + key);
            desk.page().waitForURL("**/vulnerabilities/" + id);
            assertThat(desk.text()).contains("Linked to " + key);
            assertThat(world.issueKey(id)).isEqualTo(key);
            new Link(world, id, key).awaitQuiet();
            desk.click("Look again now");
            await().until(() -> world.outcomes(id).contains("replayed"));

            desk.click("What unlinking does");
            assertThat(desk.text()).contains("stays in Jira as it is");
            desk.look("vulnerability-unlink");
            assertThat(world.issueKey(id)).isEqualTo(key);
            desk.click("Unlink from " + key);
            await().until(() -> world.outcomes(id).contains("unlinked"));
            await().until(() -> desk.text().contains("Link an existing issue"));
            assertThat(world.issueKey(id)).isEmpty();
            assertThat(world.jira().issue(key).statusName()).isEqualTo("To Do");
        }
    }

    @Test
    void an_unknown_outcome_is_resolved_by_naming_the_issue() {
        int id = ids.get(0);
        String key = world.jira().createPerson("SEC", "Bug", "made after all").key();
        long batch = world.rows().sql("""
                        INSERT INTO faraday_bridge.export_batch (username, user_id, source, project_key, issue_type, correlation_id)
                        VALUES ('pentester', 3, 'api', 'SEC', 'Bug', 'x') RETURNING id""").query(Long.class).single();
        world.rows().sql("""
                        INSERT INTO faraday_bridge.export_item
                               (batch_id, vulnerability_id, project_key, issue_type, state, faraday_status, reason, sent_at)
                        VALUES (?, ?, 'SEC', 'Bug', 'unknown', 'open', 'Jira gave no answer', now())""").params(batch, id).update();
        try (Browser desk = Browser.desk(world)) {
            desk.as("pentester").open("/exports/" + batch);
            assertThat(desk.text()).contains("Unknown", "Jira gave no answer", "Look once more, then create");
            desk.look("export-unknown");
            desk.fill("It exists: its key", "SEC-987654");
            desk.click("Link this issue");
            assertThat(desk.text()).contains("SEC-987654 could not be read");
            desk.fill("It exists: its key", key);
            desk.click("Link this issue");
            await().until(() -> world.issueKey(id).equals(key));
        }
    }

    @Test
    void what_a_scanner_wrote_is_shown_as_text() {
        int id = ids.get(0);
        name(id, SCRIPT + " " + tag);
        world.rows()
                .sql(
                        "UPDATE vulnerability SET description = repeat('<img src=x onerror=alert(2)> long ', 970) WHERE id = ?")
                .param(id)
                .update();
        for (Browser browser : List.of(Browser.desk(world), Browser.phone(world))) {
            try (browser) {
                browser.page().onDialog(dialog -> {
                    throw new AssertionError("a script of a vulnerability ran: " + dialog.message());
                });
                browser.as("pentester");
                find(browser, SCRIPT + " " + tag);
                assertThat(browser.text()).contains(SCRIPT);
                browser.look("vulnerabilities-hostile");
                browser.open("/vulnerabilities/" + id + "?show=request&to=SEC");
                assertThat(browser.text()).contains(SCRIPT);
                assertThat(browser.page()
                                .locator("pre[aria-label=Description]")
                                .first()
                                .innerText())
                        .hasSizeGreaterThan(5_000);
                browser.look("vulnerability-hostile");
                browser.open("/vulnerabilities/export?to=SEC&ids=" + id);
                assertThat(browser.text()).contains(SCRIPT);
                assertThat(browser.page().content()).hasSizeLessThan(60_000);
            }
        }
    }

    @Test
    void columns_and_the_order_are_kept_in_the_address() {
        try (Browser desk = Browser.desk(world)) {
            desk.as("pentester").open("/vulnerabilities?q=" + tag.replace(" ", "%20") + "&column=agreed&column=id");
            assertThat(heads(desk)).contains("Id ↓", "Agreed pair").doesNotContain("Severity");
            desk.click("Vulnerability");
            desk.page().waitForURL("**sort=name**");
            assertThat(heads(desk).toString()).contains("Id", "Agreed pair");
            assertThat(desk.page().locator("th[aria-sort=ascending]").innerText())
                    .contains("Vulnerability");
            desk.open("/vulnerabilities?severity=awful");
            assertThat(desk.text()).contains("These filters cannot be used", "severity");
            desk.open("/vulnerabilities?q=nothing-has-this-name").look("vulnerabilities-none");
            assertThat(desk.text()).contains("Nothing matches");
        }
    }

    private static List<String> heads(Browser browser) {
        Locator heads = browser.page().locator("thead th");
        return heads.allInnerTexts().stream().map(String::strip).toList();
    }

    @Test
    void who_may_not_read_is_told_which_permission_is_missing() {
        try (Browser desk = Browser.desk(world)) {
            desk.as("client").open("/vulnerabilities");
            assertThat(desk.text()).contains("jira:read");
            desk.open("/vulnerabilities/" + ids.get(0));
            assertThat(desk.text()).contains("jira:read");
            desk.open("/exports");
            assertThat(desk.text()).contains("jira:read");
        }
    }
}
