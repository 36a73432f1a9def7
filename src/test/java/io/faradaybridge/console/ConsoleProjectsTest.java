package io.faradaybridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.SelectOption;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.jira.Deployment;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An administrator finds a project, says what its issues are filled with, maps statuses, and activates it: in a browser. */
@Tag("long")
@InABrowser
class ConsoleProjectsTest {

    private static final String SCRIPT = "<script>alert(1)</script>";
    private static final String ARABIC = "\u0623\u0645\u0646 \u0627\u0644\u0645\u0639\u0644\u0648\u0645\u0627\u062a";

    private static final Map<Deployment, BridgeWorld> WORLDS = new EnumMap<>(Deployment.class);

    private BridgeWorld world;

    @AfterAll
    static void leave() {
        WORLDS.values().forEach(BridgeWorld::close);
        WORLDS.clear();
    }

    /** One world of each kind, configured anew. */
    private void enter(Deployment deployment) {
        world = WORLDS.computeIfAbsent(deployment, ConsoleProjectsTest::start);
        world.connection().configure(world.database(), world.jira().baseUrl());
        world.configure("value");
    }

    private static BridgeWorld start(Deployment deployment) {
        BridgeWorld world = BridgeWorld.of(
                deployment == Deployment.CLOUD ? SandboxJira.Options.cloud() : SandboxJira.Options.dataCenter());
        world.jira().addProjectNamed("ARA", ARABIC, SCRIPT); // now, since the bridge keeps the list for some time
        if (deployment == Deployment.DATA_CENTER) {
            world.jira().addProjects(5_000);
        }
        return world;
    }

    private JsonNode row(String project) {
        return Administrator.of(world).row().path("projects").path(project);
    }

    private static Locator labelled(Browser browser, String label) {
        return browser.page().getByLabel(label, new com.microsoft.playwright.Page.GetByLabelOptions().setExact(true));
    }

    private static void select(Browser browser, String label, String option) {
        labelled(browser, label).first().selectOption(new SelectOption().setLabel(option));
    }

    private static void addField(Browser browser, String name) {
        browser.page().locator("#add").selectOption(new SelectOption().setLabel(name));
        browser.click("Add field");
        browser.page().locator(".setting h3").getByText(name).waitFor();
    }

    /** OPS requires a category of two levels and a severity of its bugs. */
    @ParameterizedTest
    @EnumSource(Deployment.class)
    void a_project_is_added_configured_mapped_and_activated(Deployment deployment) {
        enter(deployment);
        Administrator.of(world).delete("projects/OPS?confirm=true");
        try (Browser desk = Browser.desk(world).as("faraday")) {
            desk.open("/projects").look("projects").click("Fetch projects").look("projects-add");
            desk.page().getByLabel("Key or name").pressSequentially("operat");
            desk.page().locator("#found").getByText("1 project").waitFor();
            desk.click("Add OPS");
            desk.page().waitForURL("**/projects/OPS/fields");
            assertThat(row("OPS").path("active").asBoolean(true)).isFalse();
            select(desk, "Another issue type", "Bug");
            desk.click("Choose").look("project-fields-new");

            desk.click("Save issue type");
            assertThat(desk.page()
                            .locator(".setting.mistaken h3")
                            .allInnerTexts()
                            .toString())
                    .as(desk.text())
                    .contains("Category", "Severity");
            desk.look("project-fields-errors");
            select(desk, "Category", "Network › DNS");
            select(desk, "Severity", "High");
            addField(desk, "Priority");
            select(desk, "Priority", "Low");
            desk.click("Save issue type");
            desk.page().getByText("Saved").first().waitFor();
            desk.look("project-fields-saved");
            JsonNode fields = row("OPS").at("/ticket_config/issue_types/Bug/fields");
            assertThat(fields.at("/Category/value/parent").asText()).isEqualTo("Network");
            assertThat(fields.at("/Category/value/child").asText()).isEqualTo("DNS");
            assertThat(fields.at("/Severity/value").asText()).isEqualTo("High");
            assertThat(fields.at("/Priority/value").asText()).isEqualTo("Low");

            map(desk);
            desk.open("/projects/OPS").click("Activate OPS");
            desk.page().getByText("OPS is active").waitFor();
            assertThat(desk.text()).contains("Please check");
            assertThat(row("OPS").path("active").asBoolean()).isTrue();
            desk.look("project");
        }
    }

    private void map(Browser desk) {
        desk.click("Attribute mapping").look("project-mapping-empty");
        String first = world.jira().createPerson("OPS", "Bug", "a").statusName();
        assertThat(desk.text()).contains("This is a suggestion, and not saved yet.");
        desk.page().locator(".map-row select").all().forEach(choice -> choice.selectOption(""));
        labelled(desk, "Open").first().selectOption(first);
        desk.page().locator("section[aria-labelledby=in]").getByLabel(first).selectOption("open");
        select(desk, "If both sides moved", "Faraday wins");
        desk.click("Save mapping");
        desk.page().getByText("Saved.").waitFor();
        desk.look("project-mapping");
        JsonNode mapping = row("OPS").path("attribute_mapping");
        assertThat(mapping.path("outgoing").toString()).isEqualTo("{\"open\":\"" + first + "\"}");
        assertThat(mapping.path("incoming").toString()).isEqualTo("{\"" + first + "\":\"open\"}");
        assertThat(mapping.path("policy").asText()).isEqualTo("faraday-wins");
    }

    @Test
    void values_by_severity_templates_and_their_preview_are_in_the_same_form() {
        enter(Deployment.DATA_CENTER);
        try (Browser desk = Browser.desk(world).as("faraday")) {
            desk.open("/projects/SEC/fields?type=Bug");
            labelled(desk, "Summary").fill("[{{ vuln.severity_name }}] {{ vuln.name }}");
            desk.page()
                    .locator("summary", new com.microsoft.playwright.Page.LocatorOptions().setHasText("By severity"))
                    .first()
                    .click();
            select(desk, "Priority: critical", "Highest");
            addField(desk, "Labels");
            labelled(desk, "Labels").fill("faraday\nsecurity");
            addField(desk, "Informed people");
            Locator find = labelled(desk, "Find for Informed people");
            find.pressSequentially("smith");
            Locator people = desk.page().locator("#" + find.getAttribute("list") + " option");
            people.first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
            await().until(() -> people.count() == 1);
            String smith = people.first().getAttribute("value");
            find.fill(smith);
            assertThat(find.inputValue()).isEmpty();
            assertThat(labelled(desk, "Informed people").inputValue()).isEqualTo(smith);
            labelled(desk, "Informed people").fill("");
            desk.click("Preview");
            Locator draft = desk.page().locator("#draft");
            draft.getByText("[critical]").first().waitFor();
            draft.getByText("faraday, security").first().waitFor(); // one of what was typed before may come first
            assertThat(draft.innerText()).contains("Highest", "faraday, security", "from the severity");
            desk.look("project-fields-preview");
            assertThat(row("SEC").at("/ticket_config/issue_types/Bug/fields").has("Labels"))
                    .as("a preview saves nothing")
                    .isFalse();

            labelled(desk, "Summary").fill("one\n{% if %}");
            desk.click("Save");
            desk.page().locator(".source .broken").first().waitFor();
            assertThat(desk.page().locator(".source .broken").first().innerText())
                    .startsWith("{% if %}")
                    .contains("ine 2");
            assertThat(desk.page().locator(".numbers .broken").innerText()).isEqualTo("2");
            desk.look("project-fields-template-error");
            assertThat(labelled(desk, "Labels").inputValue()).isEqualTo("faraday\nsecurity");
            labelled(desk, "Summary").fill("");
            desk.page().getByText("Data of the vulnerability").click();
            desk.page().locator("[data-insert]").first().click();
            desk.look("project-fields-names");
            assertThat(labelled(desk, "Summary").inputValue()).isEqualTo("{{ vuln.name }}");
            desk.click("Save");
            desk.page().getByText("Saved").first().waitFor();
            JsonNode fields = row("SEC").at("/ticket_config/issue_types/Bug/fields");
            assertThat(fields.at("/Labels/value").toString()).isEqualTo("[\"faraday\",\"security\"]");
            assertThat(fields.at("/Priority/by_severity").toString()).isEqualTo("{\"critical\":\"Highest\"}");
            assertThat(fields.at("/Priority/value").asText()).isEqualTo("High");
        }
    }

    @Test
    void another_change_in_between_is_said_and_what_was_typed_stays() {
        enter(Deployment.DATA_CENTER);
        try (Browser desk = Browser.desk(world).as("faraday")) {
            desk.open("/projects/SEC/mapping");
            Administrator.of(world).put("projects/SEC/attribute-mapping", "{'on_export': 'follow'}");
            labelled(desk, "Risk-accepted").first().selectOption(new SelectOption().setLabel("In Review"));
            desk.click("Save mapping");
            desk.page().getByText("Somebody saved another change").waitFor();
            desk.look("project-conflict");
            assertThat(row("SEC")
                            .at("/attribute_mapping/outgoing/risk-accepted")
                            .asText())
                    .isEqualTo("Done");
            assertThat(labelled(desk, "Risk-accepted").first().inputValue()).isEqualTo("In Review");
            desk.click("Save mapping");
            desk.page().getByText("Please check").waitFor();
            assertThat(row("SEC")
                            .at("/attribute_mapping/outgoing/risk-accepted")
                            .asText())
                    .isEqualTo("In Review");
            ways(desk);
        }
    }

    /** STR goes from To Do by In Progress and In Review to Done, and nowhere from Done. */
    private void ways(Browser desk) {
        world.jira().addStrictProject("STR");
        world.configure("jsonb_set(value, '{projects,STR}', value #> '{projects,WEB}')");
        Administrator.of(world)
                .put(
                        "projects/STR/attribute-mapping",
                        "{'outgoing': {'closed': 'Done', 're-opened': 'To Do'}, 'transition_fields':"
                                + " {'closed': {'Resolution': 'Fixed'}}, 'policy': 'faraday-wins'}");
        desk.open("/projects/STR/mapping");
        assertThat(desk.page().locator("#ways").innerText()).contains("Not known yet", "has not yet shown");
        world.rows().sql("""
            INSERT INTO faraday_bridge.known_transitions (site, project_key, issue_type, from_status, leads_to)
            VALUES (:site, 'STR', 'Bug', '10000', '[{"id": "3", "name": "In Progress"}]'),
                   (:site, 'STR', 'Bug', '3', '[{"id": "10100", "name": "In Review"}, {"id": "10000", "name": "To Do"}]'),
                   (:site, 'STR', 'Bug', '10100', '[{"id": "10001", "name": "Done"}, {"id": "3", "name": "In Progress"}]'),
                   (:site, 'STR', 'Bug', '10001', '[]')""").param("site", world.jira().baseUrl()).update();
        desk.open("/projects/STR/mapping");
        assertThat(desk.page().locator("#ways").innerText())
                .contains("Blocked", "only if \"via\" is set")
                .doesNotContain("3 transitions");
        desk.page().locator("summary").getByText("Ways of several transitions").click();
        desk.page().locator("#via").getByText("Show the ways").click();
        desk.page().getByText("nothing is saved yet").waitFor();
        assertThat(desk.page().locator("#ways").innerText()).contains("3 transitions", "Direct");
        assertThat(desk.page().locator("svg.mapping").textContent())
                .contains("sends Resolution", "If both sides moved, Faraday wins", "by several", "blocked from some");
        desk.look("project-mapping-ways");
        assertThat(row("STR").path("attribute_mapping").has("via")).isFalse();
    }

    @Test
    void a_rule_is_previewed_and_its_number_confirmed() {
        enter(Deployment.DATA_CENTER);
        try (Browser desk = Browser.desk(world).as("faraday")) {
            desk.open("/projects/SEC/rule").look("project-rule");
            desk.page().locator("#s-critical").check();
            desk.page().getByLabel("acme-external").check();
            desk.page().getByLabel("Export what matches").check();
            desk.click("Preview");
            desk.page().locator(".figure").waitFor();
            desk.look("project-rule-preview");
            int number = Integer.parseInt(desk.page().locator(".figure").innerText());
            assertThat(row("SEC").has("export_rule")).isFalse();
            desk.click("Save, and export " + number + " now if it is on");
            desk.page().getByText("Saved").first().waitFor();
            assertThat(row("SEC").at("/export_rule/enabled").asBoolean()).isTrue();
            assertThat(row("SEC").at("/export_rule/severities").toString()).isEqualTo("[\"critical\"]");
            assertThat(row("SEC").at("/export_rule/workspaces").toString()).isEqualTo("[\"acme-external\"]");
            desk.open("/projects/WEB/rule");
            assertThat(desk.text()).contains("also of SEC");
        }
    }

    @Test
    void a_project_is_removed_after_what_becomes_of_its_links_was_said() {
        enter(Deployment.DATA_CENTER);
        world.rows()
                .sql("UPDATE faraday_bridge.export_item SET project_key = 'OLD'")
                .update();
        try (Browser phone = Browser.phone(world).as("faraday")) {
            phone.open("/projects").look("projects");
            phone.open("/projects/OLD").look("project").click("Remove…");
            phone.page().waitForURL("**/delete");
            phone.look("project-delete");
            assertThat(phone.text()).contains("Links", "Queued exports");
            assertThat(row("OLD").isMissingNode()).isFalse();
            phone.click("Remove OLD");
            phone.page().getByText("OLD is removed").waitFor();
            assertThat(row("OLD").isMissingNode()).isTrue();
            phone.open("/projects/SEC/mapping").look("project-mapping");
            phone.open("/projects/SEC/fields?type=Bug").look("project-fields");
            phone.open("/projects/SEC/rule").look("project-rule");
            phone.open("/projects/SEC/updates").look("project-updates");
        }
    }

    @Test
    void thousands_of_projects_are_searched_as_one_types() {
        enter(Deployment.DATA_CENTER);
        try (Browser desk = Browser.desk(world).as("faraday")) {
            desk.open("/projects/add");
            assertThat(desk.text()).contains("5004 projects");
            desk.click("Next");
            desk.page().getByText("Previous").waitFor();
            desk.look("projects-add-pages");
            desk.page().getByLabel("Key or name").pressSequentially("p04711");
            desk.page().locator("#found").getByText("1 project").waitFor();
            assertThat(desk.page().locator("#found tbody tr").count()).isEqualTo(1);
            assertThat(desk.text()).contains("Product 4711");
        }
    }

    @Test
    void what_the_role_does_not_allow_is_not_offered() {
        enter(Deployment.DATA_CENTER);
        try (Browser desk = Browser.desk(world).as("pentester")) {
            desk.open("/projects/SEC");
            assertThat(desk.text()).contains("Issue type and fields").doesNotContain("Remove");
            desk.open("/projects/SEC/delete");
            assertThat(desk.text()).contains("jira:delete").doesNotContain("Queued exports");
        }
        try (Browser phone = Browser.phone(world).as("client")) {
            phone.open("/projects").look("projects-denied");
            assertThat(phone.text()).contains("jira:read");
        }
    }

    /** What Jira's administrators and scanners may write, in the names of a project, its type, field, values and statuses. */
    @Test
    void names_in_arabic_and_names_that_are_scripts_are_shown_as_text() {
        enter(Deployment.DATA_CENTER);
        int id = world.vulnerabilities(1).get(0);
        world.rows()
                .sql("UPDATE vulnerability SET name = :name, severity = 'critical',"
                        + " description = repeat('<img src=x onerror=alert(2)> \u0646\u0635 ', 1000) WHERE id = :id")
                .param("name", SCRIPT + " " + ARABIC)
                .param("id", id)
                .update();
        try (Browser desk = Browser.desk(world).as("faraday")) {
            noScriptRuns(desk);
            desk.open("/projects/add?query=ARA").look("hostile-projects-add");
            assertThat(direction(desk, "#found bdi")).isEqualTo("rtl");
            desk.click("Add ARA");
            assertThat(desk.text()).contains(SCRIPT + " is suggested", "Fields of " + SCRIPT);
            desk.click("Save issue type");
            assertThat(desk.page().locator(".setting.mistaken").innerText()).contains(SCRIPT);
            select(desk, SCRIPT, ARABIC);
            desk.page().getByLabel("Search vulnerabilities").pressSequentially("script");
            desk.page().locator("#about option[value='" + id + "']").waitFor(attached());
            desk.page().locator("#about").selectOption(String.valueOf(id));
            desk.click("Preview");
            desk.page().locator("#draft h3").waitFor();
            assertThat(desk.page().locator("#draft").innerText()).contains(SCRIPT, ARABIC);
            desk.look("hostile-fields").click("Save issue type").look("hostile-fields-saved");
            assertThat(row("ARA")
                            .at("/ticket_config/issue_types")
                            .path(SCRIPT)
                            .at("/fields")
                            .path(SCRIPT)
                            .at("/value")
                            .toString())
                    .contains(ARABIC);
            desk.click("Map the statuses");
            assertThat(direction(desk, "section[aria-labelledby=in] .map-row:last-of-type bdi"))
                    .isEqualTo("rtl");
            desk.look("hostile-mapping")
                    .click("Save mapping")
                    .click("Activate ARA")
                    .look("hostile-project");
        }
        try (Browser phone = Browser.phone(world).as("faraday")) {
            noScriptRuns(phone);
            phone.open("/projects").look("hostile-projects");
            phone.open("/projects/ARA/fields").look("hostile-fields");
            phone.open("/projects/ARA/mapping").look("hostile-mapping");
            assertThat(phone.text()).contains(SCRIPT, ARABIC);
        }
    }

    private static void noScriptRuns(Browser browser) {
        browser.page().onDialog(dialog -> {
            throw new AssertionError("a script in a name ran: " + dialog.message());
        });
    }

    private static String direction(Browser browser, String selector) {
        return (String) browser.page().locator(selector).first().evaluate("one => getComputedStyle(one).direction");
    }

    private static Locator.WaitForOptions attached() {
        return new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED);
    }
}
