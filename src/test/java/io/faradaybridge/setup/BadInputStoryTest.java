package io.faradaybridge.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent, and whatever Jira does: an answer in the API's error shape, and nothing half-saved. */
class BadInputStoryTest {

    private static final String LONG = "x".repeat(10_000);

    private BridgeWorld world;
    private Administrator administrator;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
        administrator = Administrator.of(world);
    }

    private static Arguments put(String what, int status, String path, String body, String message) {
        return Arguments.of(what, status, path, body, message, (Consumer<SandboxJira>) jira -> {});
    }

    private static Arguments trouble(
            String what, int status, String path, String message, Consumer<SandboxJira> trouble) {
        return Arguments.of(
                what, status, path, path.endsWith("config") ? bug("{'Priority': 'High'}") : "", message, trouble);
    }

    private static String bug(String fields) {
        return "{'issue_type': 'Bug', 'fields': " + fields + "}";
    }

    static Stream<Arguments> bad() {
        Consumer<SandboxJira> html = jira -> jira.faults().sometimes(1, "GET", ".*", Fault.html());
        Consumer<SandboxJira> dead = jira -> jira.faults().sometimes(1, "GET", ".*", Fault.lostBefore());
        Consumer<SandboxJira> slow =
                jira -> jira.faults().sometimes(1, "GET", ".*", Fault.latency(Duration.ofSeconds(5)));
        Consumer<SandboxJira> limited =
                jira -> jira.faults().sometimes(1, "GET", ".*", Fault.tooManyRequests(Duration.ofSeconds(30)));
        return Stream.of(
                put("an unknown project", 404, "projects/NOPE/ticket-config", bug("{}"), "'NOPE' is not configured"),
                put("an unknown project to add", 404, "projects/NOPE", "{}", "Jira has no project 'NOPE'"),
                put("no project's key", 400, "projects/a%20b", "{}", "is not the key of a Jira project"),
                put("a key of 10,000 characters", 400, "projects/" + LONG, "{}", "is not the key"),
                put("no JSON", 400, "enabled", "{not json", "must be a JSON object"),
                put("a list", 400, "enabled", "[]", "must be a JSON object"),
                put("no flag", 400, "enabled", "{'enabled': 'yes'}", "must be true or false"),
                put("a version that is none", 400, "enabled", "{'enabled': true, 'version': 7}", "version"),
                put(
                        "a NUL",
                        400,
                        "projects/SEC/ticket-config",
                        bug("{'Environment': 'a\\u0000b'}"),
                        "cannot be stored"),
                put(
                        "half a pair",
                        400,
                        "projects/SEC/ticket-config",
                        bug("{'Environment': '\\ud83d'}"),
                        "cannot be stored"),
                put("no issue type", 400, "projects/SEC/ticket-config", "{'fields': {}}", "issue_type"),
                put(
                        "an empty issue type",
                        400,
                        "projects/SEC/ticket-config",
                        "{'issue_type': ' ', 'fields': {}}",
                        "1 to 255"),
                put(
                        "an issue type of 10,000 characters",
                        400,
                        "projects/SEC/ticket-config",
                        "{'issue_type': '" + LONG + "', 'fields': {}}",
                        "1 to 255"),
                put(
                        "an issue type that Jira has not",
                        400,
                        "projects/SEC/ticket-config",
                        "{'issue_type': 'Epic', 'fields': {}}",
                        "it offers Bug, Task, Story"),
                put("fields that are none", 400, "projects/SEC/ticket-config", bug("[1]"), "must be an object"),
                put("an empty field name", 400, "projects/SEC/ticket-config", bug("{'': 'x'}"), "1 to 255"),
                put(
                        "a field name of 10,000 characters",
                        400,
                        "projects/SEC/ticket-config",
                        bug("{'" + LONG + "': 1}"),
                        "1 to 255"),
                put(
                        "a user of 10,000 characters",
                        400,
                        "projects/SEC/ticket-config",
                        bug("{'Assignee': '" + LONG + "'}"),
                        "255"),
                put(
                        "a label of 10,000 characters",
                        400,
                        "projects/SEC/ticket-config",
                        bug("{'Labels': ['" + LONG + "']}"),
                        "255"),
                put(
                        "a line of 10,000 characters",
                        400,
                        "projects/SEC/ticket-config",
                        bug("{'Ticket reference': '" + LONG + "'}"),
                        "longer than one line"),
                put(
                        "a template that does not parse",
                        400,
                        "projects/SEC/ticket-config",
                        bug("{'Summary': '{% if %} {{ vuln.'}"),
                        "line 1: the template cannot be used"),
                put("no mapping", 400, "projects/SEC/attribute-mapping", "{}", "at least one of"),
                put(
                        "a mapping that is none",
                        400,
                        "projects/SEC/attribute-mapping",
                        "{'incoming': 7}",
                        "must be an object"),
                put(
                        "a status of 10,000 characters",
                        400,
                        "projects/SEC/attribute-mapping",
                        "{'incoming': {'" + LONG + "': 'closed'}}",
                        "is not a status of project SEC"),
                put(
                        "a status that does not exist",
                        400,
                        "projects/SEC/attribute-mapping",
                        "{'outgoing': {'closed': 'Gone'}}",
                        "it has To Do"),
                put("a page that is none", 400, "available-projects?page=0", "", "from 1 to"),
                put("a page size that is none", 400, "available-projects?page_size=1000", "", "must be 1 to 100"),
                put("a word for a page", 400, "available-projects?page=two", "", "must be a whole number"),
                put("a query of 10,000 characters", 400, "available-projects?query=" + LONG, "", "255"),
                put("an empty alias", 400, "POST tokens", "{'alias': ' '}", "1 to 255"),
                put("an alias of 10,000 characters", 400, "POST tokens", "{'alias': '" + LONG + "'}", "1 to 255"),
                put(
                        "a number that is none",
                        400,
                        "projects/SEC/ticket-config",
                        bug("{'CVSS score': 'many'}"),
                        "number"),
                put("a URL of 10,000 characters", 400, "connection", "{'url': 'http://" + LONG + "'}", "longer than"),
                put("metadata of a cloud", 400, "connection", "{'url': 'http://169.254.169.254'}", "metadata"),
                trouble(
                        "a Jira that answers HTML",
                        502,
                        "projects/SEC/ticket-config",
                        "did not answer with JSON",
                        html),
                trouble("HTML instead of statuses", 502, "projects/SEC/statuses", "did not answer with JSON", html),
                trouble("a Jira that hangs up", 502, "projects/SEC/issue-types", "Jira", dead),
                trouble(
                        "a Jira that takes 5 s for each call",
                        502,
                        "projects/SEC/ticket-config",
                        "did not answer in time",
                        slow),
                trouble("a Jira that limits us", 502, "projects/SEC/issue-types/Bug/fields", "limits", limited));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void is_answered_in_the_shape_of_errors_and_saves_nothing(
            String what, int status, String path, String body, String message, Consumer<SandboxJira> trouble) {
        JsonNode before = administrator.row();
        trouble.accept(world.jira());
        long started = System.nanoTime();

        HttpResponse<String> answer = body.isEmpty()
                ? administrator.tryGet(path)
                : path.startsWith("POST ")
                        ? administrator.send("POST", path.substring(5), body.replace('\'', '"'))
                        : administrator.tryPut(path, body);

        System.out.println(
                what + ": " + Duration.ofNanos(System.nanoTime() - started).toMillis() + " ms");
        world.jira().calm();
        world.bean(JiraAvailability.class).probeNow();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode error = BridgeWorld.json(answer.body());
        assertThat(
                        status == 400
                                ? error.at("/messages/json").isEmpty()
                                : error.path("message").asText().isEmpty())
                .as(answer.body())
                .isFalse();
        assertThat(answer.body()).contains(message).doesNotContain("Exception");
        assertThat(administrator.row()).isEqualTo(before);
    }
}
