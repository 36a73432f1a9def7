package io.faradaybridge.switches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Directions that are switched off, what becomes of the pause, and a look at every link of a project. */
@Tag("long")
class SwitchStoryTest {

    private static final String SWITCHES = "projects/SEC/switches";
    private static final String CATCH_UP = "projects/SEC/catch-up";
    private static BridgeWorld world;
    private static Administrator administrator;

    @BeforeAll
    static void start() {
        world = BridgeWorld.of(
                SandboxJira.Options.dataCenter().contextPath("/jira")); // one of its own, since few changes ask here
        administrator = Administrator.of(world);
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void everythingIsOn() {
        world.jira().faults().clear();
        administrator.put(SWITCHES, "{'faraday_to_jira': true, 'jira_to_faraday': true, 'export': true}");
        awaitOn();
    }

    @Test
    void what_happens_while_the_directions_are_off_waits_and_is_made_up_for_when_they_are_on_again() {
        List<Link> links = Link.exported(world, "SEC", 2);
        administrator.put(SWITCHES, "{'faraday_to_jira': false, 'jira_to_faraday': false, 'export': false}");
        int created = world.jira().issues().size();
        world.setStatus(links.get(0).vulnerability(), "closed");
        world.jira().movePerson(links.get(1).issueKey(), "Done");
        world.post(
                "/_api/v3/integrations/jira/update-issues",
                "{\"title\": \"" + links.get(1).issueKey() + "\", \"status\": \"Done\"}",
                Map.of("X-Jira-Token", SampleFaraday.TOKEN_OF_PENTESTER));
        List<Integer> queued = world.vulnerabilities(2);
        long batch = world.export(queued, "SEC").path("id").asLong();

        await().until(() ->
                waiting("faraday_to_jira") == 1 && waiting("jira_to_faraday") == 1 && waiting("export") == 2);

        JsonNode off = administrator.get(SWITCHES).path("faraday_to_jira");
        assertThat(off.path("state").asText()).isEqualTo("off");
        assertThat(off.path("by").asText()).isEqualTo("faraday");
        assertThat(off.path("since").isTextual()).isTrue();
        assertThat(links.get(0).jira()).isEqualTo("To Do");
        assertThat(links.get(1).faraday()).isEqualTo("open");
        assertThat(world.jira().issues()).hasSize(created);
        assertThat(links.get(0).outcomes()).containsExactly("exported");
        assertThat(links.get(1).outcomes()).containsExactly("exported");
        JsonNode counts = administrator.get("status").path("counts");
        assertThat(counts.path("held").asInt()).isEqualTo(2);
        assertThat(counts.path("blocked").asInt()).isZero();
        assertThat(counts.path("oldest_due").isNull()).as("due work: " + counts).isTrue();
        assertThat(administrator.get("inbox/blocked").path("count").asInt()).isZero();
        assertThat(administrator
                        .get("vulnerabilities?ids=" + links.get(0).vulnerability())
                        .toString())
                .contains("\"standing\":\"held\"");
        assertThat(world.rows().sql("""
                            SELECT username || ' ' || what || ' ' || (before #>> '{}') || ' ' || (after #>> '{}')
                              FROM faraday_bridge.setup_change WHERE what = 'projects.SEC.switches.export'
                             ORDER BY id DESC LIMIT 1""").query(String.class).single())
                .isEqualTo("faraday projects.SEC.switches.export on off");

        administrator.put(SWITCHES, "{'faraday_to_jira': true, 'jira_to_faraday': true, 'export': true}");

        links.get(0).awaitJira("Done");
        links.get(1).awaitFaraday("closed");
        assertThat(links.get(1).changedBy()).isEqualTo(SampleFaraday.PENTESTER);
        await().until(() -> world.batch(batch).path("finished").asBoolean());
        assertThat(world.jira().issues()).hasSize(created + 2);
        awaitOn();
        assertThat(waiting("faraday_to_jira") + waiting("jira_to_faraday")).isZero();
    }

    @Test
    void only_what_is_left_of_the_changes_in_a_pause_counts() {
        List<Link> links = Link.exported(world, "SEC", 2);
        administrator.put(SWITCHES, "{'faraday_to_jira': false, 'jira_to_faraday': false}");
        world.setStatus(links.get(0).vulnerability(), "closed");
        world.jira().movePerson(links.get(1).issueKey(), "Done");
        links.get(1).webhooksCome();
        await().until(() -> waiting("faraday_to_jira") == 1 && waiting("jira_to_faraday") == 1);

        world.setStatus(links.get(0).vulnerability(), "open");
        world.setStatus(links.get(1).vulnerability(), "closed");

        await().until(() -> waiting("faraday_to_jira") == 0 && waiting("jira_to_faraday") == 0);
        links.forEach(Link::awaitQuiet);
        assertThat(links.get(0).jira()).isEqualTo("To Do");
        assertThat(links.get(1).jira()).isEqualTo("Done");
    }

    @Test
    void a_direction_goes_on_while_the_other_one_is_off() {
        List<Link> links = Link.exported(world, "SEC", 2);
        administrator.put(SWITCHES, "{'faraday_to_jira': false}");
        world.setStatus(links.get(0).vulnerability(), "closed");
        world.jira().movePerson(links.get(1).issueKey(), "Done");
        links.get(1).webhooksCome();

        links.get(1).awaitFaraday("closed");
        await().until(() -> waiting("faraday_to_jira") == 1);
        assertThat(links.get(0).jira()).isEqualTo("To Do");
    }

    @Test
    void many_changes_after_a_switch_wait_for_a_users_yes_with_their_number() {
        List<Link> links = pausedWithMany();

        HttpResponse<String> other = administrator.send("POST", CATCH_UP, "{\"confirm\": 9}");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(BridgeWorld.json(other.body()).path("count").asInt()).isEqualTo(100);
        assertThat(links.get(0).jira()).isEqualTo("To Do");

        assertThat(administrator
                        .done("POST", CATCH_UP, "{\"confirm\": 100}")
                        .path("confirmed")
                        .asBoolean())
                .isTrue();

        links.forEach(link -> link.awaitJira("Done"));
        assertThat(state("faraday_to_jira")).isEqualTo("on");
        assertThat(links).allSatisfy(link -> assertThat(link.outcomes()).containsExactly("exported", "driven"));
    }

    @Test
    void a_user_may_let_all_waiting_links_follow_one_side() {
        List<Link> links = pausedWithMany();
        Link after = links.get(0);

        administrator.done("POST", CATCH_UP, "{\"confirm\": 100, \"follow\": \"jira\"}");

        links.forEach(link -> link.awaitFaraday("open"));
        links.forEach(Link::awaitQuiet);
        assertThat(links).allSatisfy(link -> assertThat(link.jira()).isEqualTo("To Do"));
        world.setStatus(after.vulnerability(), "closed");
        after.awaitJira("Done");
    }

    @Test
    void what_waits_in_a_direction_that_is_off_follows_no_side() {
        Link off = Link.exported(world, "SEC");
        off.awaitQuiet();
        administrator.put(SWITCHES, "{'jira_to_faraday': false}");
        world.jira().movePerson(off.issueKey(), "Done");
        off.webhooksCome();
        await().until(() -> waiting("jira_to_faraday") == 1);
        List<Link> links = pausedWithMany();

        HttpResponse<String> wayOff = administrator.send("POST", CATCH_UP, "{\"confirm\": 100, \"follow\": \"jira\"}");
        assertThat(wayOff.statusCode()).isEqualTo(409);
        assertThat(wayOff.body()).contains("jira-to-faraday is off");

        administrator.done("POST", CATCH_UP, "{\"confirm\": 100, \"follow\": \"faraday\"}");

        links.forEach(link -> link.awaitJira("Done"));
        off.awaitQuiet();
        assertThat(off.jira()).isEqualTo("Done");
        assertThat(off.faraday()).isEqualTo("open");
        assertThat(waiting("jira_to_faraday")).isEqualTo(1);
    }

    @Test
    void after_a_long_pause_nothing_is_changed_or_agreed_to_before_each_change_in_jira_was_looked_at() {
        List<Link> links = Link.exported(world, "SEC", 110);
        links.forEach(Link::awaitQuiet);
        world.awaitSweep(); // what tells when the bridge was in touch
        world.stop();
        aDayPasses();
        links.forEach(link -> world.jira().movePerson(link.issueKey(), "Done"));
        world.jira().faults().sometimes(1, "*", "/search", Fault.latency(Duration.ofSeconds(2)));
        world.jira().faults().sometimes(1, "*", "/issue/", Fault.latency(Duration.ofMillis(300)));
        world.start();

        HttpResponse<String> early = administrator.send("POST", CATCH_UP, "{\"confirm\": 0}");
        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(BridgeWorld.json(early.body()).path("counted").asBoolean()).isFalse();
        awaitCounted();
        assertThat(waiting("jira_to_faraday")).isEqualTo(110);
        assertThat(links).allSatisfy(link -> assertThat(link.faraday()).isEqualTo("open"));
        world.jira().faults().clear();

        administrator.done("POST", CATCH_UP, "{\"confirm\": 110}");

        links.forEach(link -> link.awaitFaraday("closed"));
    }

    @Test
    void neither_off_and_on_again_nor_a_pause_before_the_yes_hides_a_long_pause() {
        List<Link> links = Link.exported(world, "SEC", 4);
        links.forEach(Link::awaitQuiet);
        world.stop();
        aDayPasses();
        links.subList(0, 3).forEach(link -> world.jira().movePerson(link.issueKey(), "Done"));
        world.jira().faults().sometimes(1, "*", "/search", Fault.latency(Duration.ofSeconds(3)));
        world.with("bridge.catch-up.at-least", 3).start();

        administrator.put(SWITCHES, "{'faraday_to_jira': false, 'jira_to_faraday': false}");
        administrator.put(SWITCHES, "{'faraday_to_jira': true, 'jira_to_faraday': true}");

        awaitCounted();
        assertThat(waiting("jira_to_faraday")).isEqualTo(3);
        assertThat(links).allSatisfy(link -> assertThat(link.faraday()).isEqualTo("open"));

        world.stop();
        aDayPasses();
        world.jira().movePerson(links.get(3).issueKey(), "Done");
        world.start();
        assertThat(administrator.send("POST", CATCH_UP, "{\"confirm\": 3}").statusCode())
                .isEqualTo(409);

        await().until(() -> counted("jira_to_faraday"));
        administrator.done("POST", CATCH_UP, "{\"confirm\": 4}");
        links.forEach(link -> link.awaitFaraday("closed"));
        world.stop();
        world.with("bridge.catch-up.at-least", 100).start();
    }

    @Test
    void a_link_made_while_the_project_was_off_does_not_hide_a_long_pause() {
        Link.exported(world, "SEC").awaitQuiet();
        world.sweep(); // one that goes on would end the pause
        administrator.put("projects/SEC/active", "{'active': false}");
        aDayPasses();
        String key =
                world.jira().createPerson("SEC", "Bug", "reported by a person").key();
        int vulnerability = world.vulnerabilities(1).get(0);
        administrator.put("vulnerabilities/" + vulnerability + "/issue-link", "{'key': '" + key + "'}");
        world.jira().faults().sometimes(1, "*", "/search", Fault.latency(Duration.ofSeconds(3)));

        administrator.put("projects/SEC/active", "{'active': true}");

        await().until(() -> state("jira_to_faraday").equals("asking"));
        assertThat(administrator
                        .get(SWITCHES)
                        .path("faraday_to_jira")
                        .path("reason")
                        .asText())
                .contains("out of touch with Jira");
    }

    @Test
    void a_project_that_was_out_of_touch_with_jira_for_long_asks_and_after_a_mere_restart_it_does_not() {
        List<Link> links = Link.exported(world, "SEC", 4);
        links.forEach(Link::awaitQuiet);
        world.stop();
        aDayPasses();
        links.subList(0, 2).forEach(link -> world.setStatus(link.vulnerability(), "closed"));
        links.subList(2, 4).forEach(link -> world.jira().movePerson(link.issueKey(), "Done"));
        world.with("bridge.catch-up.at-least", 3).start();

        await().until(() -> waiting("faraday_to_jira") == 2
                && waiting("jira_to_faraday") == 2
                && counted("faraday_to_jira")
                && counted("jira_to_faraday"));
        JsonNode asking = administrator.get(SWITCHES).path("jira_to_faraday");
        assertThat(asking.path("state").asText()).isEqualTo("asking");
        assertThat(asking.path("reason").asText()).contains("out of touch with Jira");
        assertThat(asking.path("by").isNull()).isTrue();
        assertThat(links.get(0).jira()).isEqualTo("To Do");
        assertThat(links.get(2).faraday()).isEqualTo("open");
        Link.exported(world, "SEC"); // was asked for, so it does not wait for a yes

        administrator.done("POST", CATCH_UP, "{\"confirm\": 4}");

        links.subList(0, 2).forEach(link -> link.awaitJira("Done"));
        links.subList(2, 4).forEach(link -> link.awaitFaraday("closed"));
        links.forEach(Link::awaitQuiet);
        world.stop();
        world.setStatus(links.get(0).vulnerability(), "re-opened");
        world.with("bridge.catch-up.at-least", 1).start(); // it would wait for a yes
        links.get(0).awaitJira("In Progress");
        assertThat(state("faraday_to_jira")).isEqualTo("on");
        world.stop();
        world.with("bridge.catch-up.at-least", 100).start();
    }

    @Test
    void a_resync_looks_at_every_link_on_both_sides() {
        List<Link> links = Link.exported(world, "SEC", 2);
        links.forEach(Link::awaitQuiet);
        world.jira().movePerson(links.get(0).issueKey(), "Done");
        world.rows()
                .sql("UPDATE faraday_bridge.issue_link SET settled_at = settled_at + interval '1 day'")
                .update(); // so that the sweep does not find it
        long preview = administrator
                .done("POST", "projects/SEC/resync", "{}")
                .path("links")
                .asLong();
        assertThat(administrator.get("projects/SEC/resync").path("running").asBoolean())
                .isFalse();

        JsonNode begun = administrator.done("POST", "projects/SEC/resync", "{\"confirm\": true}");

        assertThat(begun.path("links").asLong()).isEqualTo(preview).isGreaterThanOrEqualTo(2);
        assertThat(begun.path("by").asText()).isEqualTo("faraday");
        links.get(0).awaitFaraday("closed");
        await().until(() ->
                !administrator.get("projects/SEC/resync").path("running").asBoolean());
        assertThat(administrator.get("projects/SEC/resync").path("left").asLong())
                .isZero();
    }

    /** A hundred links whose vulnerabilities were closed while Faraday to Jira was off; now it is on again and asks. */
    private static List<Link> pausedWithMany() {
        List<Link> links = Link.exported(world, "SEC", 100);
        links.forEach(Link::awaitQuiet);
        administrator.put(SWITCHES, "{'faraday_to_jira': false}");
        world.rows()
                .sql("UPDATE vulnerability SET status = 'closed' WHERE id = ANY (?)")
                .param(links.stream().map(Link::vulnerability).toArray(Integer[]::new))
                .update();
        administrator.put(SWITCHES, "{'faraday_to_jira': true}");
        await().until(() -> counted("faraday_to_jira") && waiting("faraday_to_jira") == 100);
        assertThat(state("faraday_to_jira")).isEqualTo("asking");
        assertThat(links).allSatisfy(link -> assertThat(link.jira()).isEqualTo("To Do"));
        return links;
    }

    /** Everything so far was 25 hours ago. */
    private static void aDayPasses() {
        world.rows().sql("""
            UPDATE faraday_bridge.runtime_state
               SET value = jsonb_build_object('started', (value ->> 'started')::float8 - 25 * 3600)
             WHERE name LIKE 'sweep:%'""").update();
        world.rows().sql("""
            UPDATE faraday_bridge.issue_link
               SET created_at = created_at - interval '25 hours', settled_at = settled_at - interval '25 hours'""").update();
        world.rows()
                .sql("UPDATE faraday_bridge.project_switch SET since = since - interval '25 hours'")
                .update();
    }

    /** What a pause has left is known; or the directions have opened. */
    private static void awaitCounted() {
        await().until(() -> List.of("faraday_to_jira", "jira_to_faraday").stream()
                .allMatch(direction -> counted(direction) || state(direction).equals("on")));
    }

    private static long waiting(String direction) {
        return administrator.get(SWITCHES).path(direction).path("waiting").asLong();
    }

    private static boolean counted(String direction) {
        return administrator.get(SWITCHES).path(direction).path("counted").asBoolean();
    }

    private static String state(String direction) {
        return administrator.get(SWITCHES).path(direction).path("state").asText();
    }

    private static void awaitOn() {
        await().until(() -> List.of("faraday_to_jira", "jira_to_faraday", "export").stream()
                .allMatch(direction -> state(direction).equals("on")));
    }
}
