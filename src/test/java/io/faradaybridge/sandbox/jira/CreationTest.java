package io.faradaybridge.sandbox.jira;

import static io.faradaybridge.sandbox.jira.SignedClient.bulk;
import static io.faradaybridge.sandbox.jira.SignedClient.draft;
import static io.faradaybridge.sandbox.jira.SignedClient.json;
import static io.faradaybridge.sandbox.jira.SignedClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.sandbox.jira.Permissions.Permission;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreationTest {

    private static final KeyPair KEYS = SandboxJira.freshKeyPair();
    private static final String NOT_ON_SCREEN =
            "Field 'labels' cannot be set. It is not on the appropriate screen, or unknown.";

    private final SandboxJira jira = SandboxJira.start(
            SandboxJira.Options.dataCenter().authorised("faraday", KEYS.getPublic(), "token", "bridge"));
    private final SignedClient client = new SignedClient(jira.baseUrl(), "faraday", KEYS.getPrivate(), "token");

    @AfterEach
    void close() {
        jira.close();
    }

    @Test
    void takes_every_kind_of_field_in_the_shape_jira_documents() {
        ObjectNode draft = (ObjectNode) draft("SEC", "Bug", "Weak cipher");
        ObjectNode fields = (ObjectNode) draft.get("fields");
        fields.put("description", "h1. Text");
        fields.set("priority", Json.object("name", "High"));
        fields.set("labels", Json.array(List.of("faraday", "tls")));
        fields.set("components", Json.array(List.of(Json.object("name", "Backend"))));
        fields.set("customfield_10010", Json.object("value", "Critical"));
        fields.set("customfield_10011", Json.array(List.of(Json.object("id", "10211"))));
        fields.put("customfield_10012", 9.8);
        fields.set("customfield_10015", Json.object("value", "Network", "child", Json.object("value", "DNS")));
        fields.set("customfield_10016", Json.object("name", "jdoe"));
        fields.set("customfield_10018", Json.object("name", "security-team"));
        fields.set("customfield_10020", Json.object("name", "2.0"));
        fields.set("customfield_10021", Json.object("key", "WEB"));
        fields.put("customfield_10022", "2026-11-22T14:39:00.000+0000");
        fields.put("customfield_10023", "2026-11-22");
        fields.put("customfield_10024", "SEC-1");
        fields.set("customfield_10025", Json.object("id", 7));
        draft.set(
                "properties",
                Json.array(List.of(Json.object("key", "faraday-bridge", "value", Json.object("m", "1")))));

        HttpResponse<String> answer = client.post("/issue", draft);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        SandboxIssue issue = jira.issue("SEC-1");
        assertThat(issue.labels()).containsExactly("faraday", "tls");
        assertThat(issue.fields().get("customfield_10015").at("/child/id").asText())
                .isEqualTo("10302");
        assertThat(issue.creator()).isEqualTo("bridge");
        assertThat(client.read("/issue/SEC-1/properties/faraday-bridge")
                        .at("/value/m")
                        .asText())
                .isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    summary           | ""                     | You must specify a summary of the issue.
                    summary           | "a\\nb"                | The summary is invalid because it contains newline characters.
                    summary           | 7                      | Operation value must be a string
                    labels            | ["a b"]                | The label 'a b' contains spaces which is invalid.
                    labels            | "a"                    | data was not an array
                    priority          | {"name": "Urgent"}     | The priority selected is invalid.
                    customfield_10010 | {"value": "Enormous"}  | Severity: option value 'Enormous' is not valid
                    customfield_10010 | "Critical"             | Specify a valid 'id' or 'name' for Severity
                    customfield_10012 | "9.8"                  | Operation value must be a number
                    customfield_10013 | "not a link"           | 'not a link' is an invalid URL
                    customfield_10015 | {"value": "Network", "child": {"value": "Web"}} | Category: option value 'Web' is not valid
                    customfield_10016 | {"name": "nobody"}     | User 'nobody' does not exist.
                    customfield_10022 | "2026-11-22"           | Error parsing time: 2026-11-22
                    customfield_10023 | "22/11/26"             | Error parsing date string: 22/11/26
                    customfield_10025 | {"id": "7"}            | Asset: option id '7' is not valid
                    customfield_99999 | "x"                    | Field 'customfield_99999' cannot be set. It is not on the appropriate screen, or unknown.
                    """)
    void refuses_a_value_that_jira_would_refuse(String field, String value, String message) {
        ObjectNode draft = (ObjectNode) draft("SEC", "Bug", "x");
        ((ObjectNode) draft.get("fields")).set(field, Json.parse(value.getBytes(StandardCharsets.UTF_8)));

        HttpResponse<String> answer = client.post("/issue", draft);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("errors").path(field).asText()).isEqualTo(message);
        assertThat(jira.issues()).isEmpty();
    }

    @Test
    void operations_demand_their_fields_and_have_no_labels() {
        ObjectNode draft = (ObjectNode) draft("OPS", "Bug", "x");
        ((ObjectNode) draft.get("fields")).set("labels", Json.array(List.of("a")));

        JsonNode errors = json(client.post("/issue", draft)).path("errors");

        assertThat(errors)
                .isEqualTo(Json.object(
                        "labels", NOT_ON_SCREEN,
                        "customfield_10015", "Category is required.",
                        "customfield_10010", "Severity is required."));
    }

    @Test
    void a_bulk_of_which_nothing_is_good_is_400_in_the_same_shape() {
        HttpResponse<String> answer =
                client.post("/issue/bulk", bulk(draft("NONE", "Bug", "x"), draft("SEC", "Epic", "x")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("issues")).isEmpty();
        assertThat(texts(json(answer).path("errors"), "failedElementNumber")).containsExactly("0", "1");
    }

    @Test
    void a_bulk_takes_fifty_and_not_one_more() {
        JsonNode[] fifty = Collections.nCopies(50, draft("SEC", "Bug", "x")).toArray(JsonNode[]::new);
        assertThat(json(client.post("/issue/bulk", bulk(fifty))).path("issues")).hasSize(50);

        JsonNode[] more = Stream.concat(Stream.of(fifty), Stream.of(draft("SEC", "Bug", "x")))
                .toArray(JsonNode[]::new);
        assertThat(client.post("/issue/bulk", bulk(more)).statusCode()).isEqualTo(400);

        assertThat(jira.issues()).hasSize(50);
    }

    @Test
    void who_may_not_create_hears_that_no_field_exists() {
        jira.permissions().withdraw(Permission.CREATE, "SEC", "bridge");
        JsonNode draft = draft("SEC", "Bug", "x");

        assertThat(json(client.post("/issue", draft)).at("/errors/summary").asText())
                .startsWith("Field 'summary' cannot be set.");
        assertThat(json(client.sendWith(null, "POST", "/rest/api/2/issue", draft))
                        .at("/errors/summary")
                        .asText())
                .startsWith("Field 'summary' cannot be set.");
        assertThat(client.get("/issue/createmeta/SEC/issuetypes").statusCode()).isEqualTo(400);
        assertThat(client.get("/issue/createmeta/NONE/issuetypes").statusCode()).isEqualTo(400);
    }

    @Test
    void create_metadata_is_a_page_of_values_and_the_old_way_is_gone() {
        JsonNode types = client.read("/issue/createmeta/SEC/issuetypes?maxResults=2");
        assertThat(texts(types.path("values"), "name")).containsExactly("Bug", "Task");
        assertThat(types.path("isLast").asBoolean()).isFalse();

        JsonNode fields = client.read("/issue/createmeta/OPS/issuetypes/10004").path("values");
        assertThat(texts(fields, "fieldId"))
                .contains("summary", "customfield_10015")
                .doesNotContain("labels");
        assertThat(fields.get(0).has("key")).isFalse();
        assertThat(client.get("/issue/createmeta?projectKeys=SEC").statusCode()).isEqualTo(404);
    }

    @Test
    void what_is_not_json_is_refused() {
        assertThat(client.sendWith(client.authorization("POST", "/rest/api/2/issue"), "POST", "/rest/api/2/issue", null)
                        .statusCode())
                .isEqualTo(415);
        assertThat(client.post("/issue", Json.value("text")).statusCode()).isEqualTo(400);
    }
}
