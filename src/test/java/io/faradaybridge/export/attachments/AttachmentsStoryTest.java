package io.faradaybridge.export.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.FreePort;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.Markdown;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.SandboxFaraday;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.Permissions.Permission;
import io.faradaybridge.sandbox.jira.ReceivedCall.Kind;
import io.faradaybridge.sandbox.jira.SandboxJira;
import io.faradaybridge.sandbox.jira.SandboxJira.Attachment;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** New issues get the evidence of their vulnerability, once, and lose nothing when that fails; on Data Center 10, with OAuth 1.0a. */
class AttachmentsStoryTest {

    private static final String ATTACHMENTS = "projects/SEC/attachments";
    private static final String UPLOAD = "/issue/[^/]+/attachments$";
    private static final byte[] IMAGE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, (byte) 0xff, '-', '-'};

    private static BridgeWorld world;
    private static SandboxFaraday faraday;
    private static Administrator administrator;

    @BeforeAll
    static void start() {
        begin(BridgeWorld.asleep(SandboxJira.Options.dataCenter()));
    }

    static void begin(BridgeWorld asleep) {
        int port = FreePort.next();
        world = asleep.with("bridge.faraday.login-url", "http://localhost:" + port + "/#/vulns")
                .with("bridge.faraday.api.password", "faraday")
                .start();
        faraday = SandboxFaraday.start(world.database().dataSource(), port);
        administrator = Administrator.of(world);
    }

    @AfterAll
    static void stop() {
        world.close();
        faraday.close();
    }

    @BeforeEach
    void attach() {
        world.jira().calm();
        faraday.evidenceTrouble(0);
        administrator.put(ATTACHMENTS, "{'enabled': true, 'max_count': 3, 'max_bytes': 1000}");
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int vulnerability() {
        return world.vulnerabilities(1).get(0);
    }

    private static Link exported(int vulnerability) {
        world.export(List.of(vulnerability), "SEC");
        await().until(() -> !world.issueKey(vulnerability).isEmpty());
        return new Link(world, vulnerability, world.issueKey(vulnerability));
    }

    /** Nothing is owed to its issue any more. */
    private static void awaitDone(Link link) {
        await().until(() -> owed(link) == 0);
    }

    private static int owed(Link link) {
        return world.rows()
                .sql("""
                SELECT count(*) FROM faraday_bridge.owed_attachments o
                  JOIN faraday_bridge.issue_link l ON l.id = o.link_id WHERE l.vulnerability_id = ?""")
                .param(link.vulnerability())
                .query(Integer.class)
                .single();
    }

    /** The pauses and leases of what is owed are over. */
    private static void passTime() {
        world.rows()
                .sql(
                        "UPDATE faraday_bridge.owed_attachments SET retry_at = NULL, lease_until = lease_until - interval '1 hour'")
                .update();
    }

    private static List<Attachment> attachments(Link link) {
        return world.jira().attachments(link.issueKey());
    }

    private static List<String> names(Link link) {
        return attachments(link).stream().map(Attachment::filename).toList();
    }

    private static String details(Link link, String outcome) {
        return String.join(
                "\n",
                world.rows()
                        .sql(
                                "SELECT detail FROM faraday_bridge.activity WHERE vulnerability_id = ? AND outcome = ? ORDER BY id")
                        .params(link.vulnerability(), outcome)
                        .query(String.class)
                        .list());
    }

    /** Whatever became of the files. */
    private static void goesOn(Link link) {
        assertThat(link.isQuiet()).isTrue();
        world.setStatus(link.vulnerability(), "closed");
        link.awaitJira("Done");
    }

    @Test
    void a_new_issue_gets_the_evidence_of_its_vulnerability() {
        int vulnerability = vulnerability();
        faraday.upload(vulnerability, "callback.png", "image/png", IMAGE);
        faraday.upload(vulnerability, "Übersicht.html", "text/html; charset=utf-8", text("<script>alert(1)</script>"));
        int signIns = faraday.logins();

        Link link = exported(vulnerability);
        awaitDone(link);

        assertThat(attachments(link))
                .containsExactly(
                        new Attachment("callback.png", "image/png", ByteBuffer.wrap(IMAGE)),
                        new Attachment(
                                "Übersicht.html",
                                "application/octet-stream",
                                ByteBuffer.wrap(text("<script>alert(1)</script>"))));
        assertThat(details(link, "DRIVEN"))
                .isEqualTo("2 files attached to " + link.issueKey() + ": callback.png, Übersicht.html");
        assertThat(faraday.logins()).as("one session for all").isLessThanOrEqualTo(signIns + 1);
        goesOn(link);
        assertThat(names(link)).hasSize(2);
    }

    @Test
    void a_vulnerability_without_evidence_costs_no_call() {
        int reads = faraday.reads();
        world.jira().clearRequests();

        Link link = exported(vulnerability());
        awaitDone(link);

        assertThat(faraday.reads()).isEqualTo(reads);
        assertThat(link.count(Kind.ATTACH)).isZero();
        assertThat(world.outcomes(link.vulnerability())).containsExactly("exported");
    }

    @Test
    void without_the_key_nothing_is_attached() {
        administrator.put(ATTACHMENTS, "{'enabled': false}");
        int vulnerability = vulnerability();
        faraday.upload(vulnerability, "callback.png", "image/png", IMAGE);

        Link link = exported(vulnerability);

        assertThat(owed(link)).isZero();
        administrator.put(ATTACHMENTS, "{'enabled': true}");
        int next = vulnerability();
        faraday.upload(next, "next.png", "image/png", IMAGE);
        awaitDone(exported(next));
        assertThat(names(link)).isEmpty();
    }

    @Test
    void an_issue_that_was_there_before_gets_none() {
        int vulnerability = vulnerability();
        faraday.upload(vulnerability, "callback.png", "image/png", IMAGE);
        String key = world.jira().createPerson("SEC", "Bug", "There before").key();

        administrator.put("vulnerabilities/" + vulnerability + "/issue-link", "{'key': '" + key + "'}");

        Link link = new Link(world, vulnerability, key);
        assertThat(owed(link)).isZero();
    }

    @Test
    void too_many_and_too_large_files_are_left_out_and_told_with_what_to_do() {
        int vulnerability = vulnerability();
        faraday.upload(vulnerability, "1.txt", "text/plain", text("one"));
        faraday.upload(vulnerability, "2.bin", "application/zip", new byte[1001]);
        faraday.upload(vulnerability, "3.bin", "application/zip", new byte[1000]);
        faraday.upload(vulnerability, "4.txt", "text/plain", text("four"));

        Link link = exported(vulnerability);
        awaitDone(link);

        assertThat(names(link)).containsExactly("1.txt", "3.bin");
        assertThat(details(link, "REFUSED"))
                .contains("2 files not attached to " + link.issueKey())
                .contains("2.bin: it is larger than 1000 bytes; raise max_bytes")
                .contains("4.txt: the issue gets 3 files at most; raise max_count");
        goesOn(link);
    }

    @Test
    void a_hostile_name_is_only_a_name() {
        int vulnerability = vulnerability();
        administrator.put(ATTACHMENTS, "{'enabled': true, 'max_count': 100}");
        faraday.upload(vulnerability, "..", "text/plain", text("up"));
        faraday.upload(vulnerability, "a\"; name=\"x\r\nContent-Type: text/html\r\n\r\n.png", "image/png", IMAGE);
        faraday.upload(vulnerability, "C:\\Windows\\evil\u202egnp.exe", "image/png\u0001", IMAGE);
        faraday.upload(vulnerability, "%2e%2e?q=1#x.txt", "text/plain", text("query"));
        faraday.upload(vulnerability, "x".repeat(400) + ".txt", "text/plain", text("long"));
        faraday.upload(vulnerability, "C_\\Windows_evil_gnp.exe", "image/png", IMAGE);

        Link link = exported(vulnerability);
        awaitDone(link);

        assertThat(names(link))
                .containsExactly(
                        "a__ name=_x__Content-Type_ text_html____.png",
                        "C__Windows_evil_gnp.exe",
                        "_2e_2e_q=1#x.txt",
                        "x".repeat(251) + ".txt",
                        "C__Windows_evil_gnp (2).exe");
        assertThat(details(link, "REFUSED")).contains("its name is no name of a file; rename it in Faraday");
    }

    @Test
    void a_file_whose_answer_was_lost_is_not_attached_twice() {
        int vulnerability = vulnerability();
        faraday.upload(vulnerability, "1.txt", "text/plain", text("one"));
        faraday.upload(vulnerability, "2.txt", "text/plain", text("two"));
        world.jira().faults().next(1, "POST", UPLOAD, Fault.lostAfter());

        Link link = exported(vulnerability);
        await().until(() -> details(link, "POSTPONED").contains("may have done it or not"));
        passTime();
        awaitDone(link);

        assertThat(names(link)).containsExactly("1.txt", "2.txt");
        goesOn(link);
    }

    @Test
    void a_file_whose_call_was_lost_on_the_way_is_attached_later() {
        int vulnerability = vulnerability();
        faraday.upload(vulnerability, "1.txt", "text/plain", text("one"));
        world.jira().faults().next(1, "POST", UPLOAD, Fault.lostBefore());

        Link link = exported(vulnerability);
        await().until(() -> details(link, "POSTPONED").contains("may have done it or not"));
        assertThat(world.outcomes(link.vulnerability()))
                .as("Jira as a whole is not away")
                .doesNotContain("away");
        passTime();
        awaitDone(link);

        assertThat(names(link)).containsExactly("1.txt");
    }

    @Test
    void a_bridge_that_was_killed_in_the_middle_goes_on_without_repeating() {
        int vulnerability = vulnerability();
        faraday.upload(vulnerability, "1.txt", "text/plain", text("one"));
        faraday.upload(vulnerability, "2.txt", "text/plain", text("two"));
        world.jira().faults().next(1, "POST", UPLOAD, Fault.lostAfter());
        Link link = exported(vulnerability);
        await().until(() -> details(link, "POSTPONED").contains("may have done it or not"));
        // as the kill leaves it: the intention is saved, and the lease of a process that is no more
        world.rows()
                .sql(
                        "UPDATE faraday_bridge.owed_attachments SET lease_token = gen_random_uuid(), retry_at = NULL, attempts = 0,"
                                + " lease_until = now() + interval '3 seconds'")
                .update();

        world.stop();
        world.start();
        awaitDone(link);

        assertThat(names(link)).containsExactly("1.txt", "2.txt");
    }

    /** By what is told in docs/operations.md. */
    @Test
    void files_that_waited_in_a_restored_dump_and_were_attached_since_are_not_attached_again() {
        int vulnerability = vulnerability();
        faraday.upload(vulnerability, "1.txt", "text/plain", text("one"));
        Link link = exported(vulnerability);
        awaitDone(link);
        world.stop();
        world.rows()
                .sql("INSERT INTO faraday_bridge.owed_attachments (link_id) SELECT id FROM faraday_bridge.issue_link"
                        + " WHERE vulnerability_id = ?")
                .param(vulnerability)
                .update();
        faraday.upload(vulnerability, "2.txt", "text/plain", text("two"));
        Markdown.of("docs/operations.md").lines().stream()
                .map(String::strip)
                .filter(line -> line.startsWith("UPDATE faraday_bridge.owed_attachments"))
                .forEach(statement -> world.rows().sql(statement).update());

        world.start();
        awaitDone(link);

        assertThat(names(link)).containsExactly("1.txt", "2.txt");
    }

    @Test
    void what_jira_refuses_is_told_once_and_the_issue_is_as_any_other() {
        int vulnerability = vulnerability();
        faraday.upload(vulnerability, "1.txt", "text/plain", text("one"));
        faraday.upload(vulnerability, "2.txt", "text/plain", text("two"));
        world.jira().permissions().withdraw(Permission.ATTACH, "SEC", SandboxConnection.SERVICE_ACCOUNT);
        world.jira().clearRequests();

        Link link = exported(vulnerability);
        awaitDone(link);

        assertThat(names(link)).isEmpty();
        assertThat(link.count(Kind.ATTACH)).isEqualTo(1);
        assertThat(details(link, "REFUSED"))
                .contains("2 files not attached to " + link.issueKey() + ": 1.txt, 2.txt: ")
                .contains("give the bridge's account the permission Create Attachments in the project");
        goesOn(link);
    }

    @Test
    void a_file_that_is_too_large_for_jira_does_not_keep_the_others() {
        int vulnerability = vulnerability();
        faraday.upload(vulnerability, "1.txt", "text/plain", text("a long text"));
        faraday.upload(vulnerability, "2.txt", "text/plain", text("two"));
        world.jira().attachments(true, 5);

        Link link = exported(vulnerability);
        awaitDone(link);

        assertThat(names(link)).containsExactly("2.txt");
        assertThat(details(link, "REFUSED"))
                .contains("1.txt: Jira did not take it (it is probably larger than Jira allows");
        goesOn(link);
    }

    @Test
    void an_ended_session_of_faraday_is_renewed_and_a_faraday_that_is_away_is_waited_for() {
        int vulnerability = vulnerability();
        faraday.upload(vulnerability, "1.txt", "text/plain", text("one"));
        faraday.endSessions();
        faraday.evidenceTrouble(503);

        Link link = exported(vulnerability);
        await().until(() -> details(link, "POSTPONED").contains("Faraday answered 503; see its own log"));
        faraday.evidenceTrouble(0);
        passTime();
        awaitDone(link);

        assertThat(names(link)).containsExactly("1.txt");
    }

    @Test
    void after_many_tries_it_is_given_up() {
        int vulnerability = vulnerability();
        faraday.upload(vulnerability, "1.txt", "text/plain", text("one"));
        faraday.evidenceTrouble(500);

        Link link = exported(vulnerability);
        await().until(() -> details(link, "POSTPONED").contains("Faraday answered 500"));
        world.rows()
                .sql("UPDATE faraday_bridge.owed_attachments SET attempts = 23, retry_at = NULL")
                .update();
        awaitDone(link);

        assertThat(details(link, "REFUSED")).contains("1.txt: given up after many tries: Faraday answered 500");
        goesOn(link);
    }

    @Test
    void the_key_is_checked_when_it_is_saved() {
        HttpResponse<String> refused =
                administrator.tryPut(ATTACHMENTS, "{'enabled': true, 'max_count': 0, 'max_bytes': 20000001}");

        assertThat(refused.statusCode()).isEqualTo(400);
        JsonNode problems = BridgeWorld.json(refused.body()).at("/messages/json");
        assertThat(problems.path("max_count").toString()).contains("1 to 100");
        assertThat(problems.path("max_bytes").toString()).contains("1 to 20000000");
        assertThat(administrator.row().at("/projects/SEC/attachments").toString())
                .isEqualTo("{\"enabled\":true,\"max_bytes\":1000,\"max_count\":3}");
        assertThat(administrator
                        .tryPut("projects/NONE/attachments", "{'enabled': true}")
                        .statusCode())
                .isEqualTo(404);
    }
}
