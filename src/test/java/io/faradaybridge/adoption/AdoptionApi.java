package io.faradaybridge.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.BridgeWorld;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** The calls of this package as a program makes them, and Faraday's rows as another integration left them. */
record AdoptionApi(BridgeWorld world) {

    private static final String API = "/_api/v3/integrations/jira/";

    HttpResponse<String> call(String method, String path, String body, String user) {
        HttpRequest.Builder request = HttpRequest.newBuilder(world.url(API + path))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        BridgeWorld.basic(user, user).forEach(request::header);
        return world.send(request.build());
    }

    JsonNode get(String path) {
        HttpResponse<String> answer = call("GET", path, "", "faraday");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return BridgeWorld.json(answer.body());
    }

    HttpResponse<String> post(String path, String body) {
        return call("POST", path, body, "faraday");
    }

    HttpResponse<String> takeOver() {
        return post("take-over", "{\"confirm\": true}");
    }

    HttpResponse<String> link(int vulnerability, String key, String user) {
        return call("PUT", "vulnerabilities/" + vulnerability + "/issue-link", "{\"key\": \"" + key + "\"}", user);
    }

    /** Asks for adoption and waits until there is nothing left to adopt. */
    JsonNode adopted() {
        assertThat(post("adoption", "").statusCode()).isEqualTo(202);
        return awaitAdopted();
    }

    JsonNode awaitAdopted() {
        // Not more often: each call has a password checked, which takes the machine's time.
        var patiently = await("everything to be adopted")
                .pollInterval(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(120));
        patiently.untilAsserted(() -> {
            JsonNode now = get("adoption?list=waiting");
            assertThat(now.at("/counts/waiting").asInt()).as(now.toString()).isZero();
            assertThat(now.path("running").asBoolean()).as(now.toString()).isFalse();
        });
        return get("adoption");
    }

    /** A vulnerability's row in the table. */
    JsonNode row(int vulnerability) {
        return get("vulnerabilities?ids=" + vulnerability).at("/vulnerabilities/0");
    }

    /** As Faraday's own integration leaves it after an export. */
    void writeKey(int vulnerability, String key) {
        world.rows()
                .sql("UPDATE vulnerability SET issuetracker = ? WHERE id = ?")
                .params(key, vulnerability)
                .update();
    }

    /** For each vulnerability an issue of its own. */
    void writeKeys(List<Integer> vulnerabilities) {
        String[] keys = vulnerabilities.stream()
                .map(vulnerability -> world.jira()
                        .createPerson("SEC", "Bug", "made before the bridge")
                        .key())
                .toArray(String[]::new);
        world.rows()
                .sql(
                        "UPDATE vulnerability v SET issuetracker = k.key FROM unnest(?::integer[], ?::text[]) AS k (id, key)"
                                + " WHERE v.id = k.id")
                .params(vulnerabilities.toArray(Integer[]::new), keys)
                .update();
    }

    /** A vulnerability with an issue of its own, in the given statuses, whose key is in Faraday. */
    int pair(String project, String faraday, String jira) {
        String key = world.jira()
                .createPerson(project, "Bug", "made before the bridge")
                .key();
        if (!world.jira().issue(key).statusName().equals(jira)) {
            world.jira().movePerson(key, jira);
        }
        int vulnerability = world.vulnerabilities(1).get(0);
        world.setStatus(vulnerability, faraday);
        writeKey(vulnerability, key);
        return vulnerability;
    }

    int activeLinks(int vulnerability) {
        return world.rows()
                .sql("SELECT count(*) FROM faraday_bridge.issue_link WHERE vulnerability_id = ? AND ended_at IS NULL")
                .param(vulnerability)
                .query(Integer.class)
                .single();
    }

    /** All rows of all of Faraday's tables, as one value that changes whenever one of them does. */
    String faradaysTables() {
        List<String> tables = world.rows()
                .sql("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
                .query(String.class)
                .list();
        StringBuilder all = new StringBuilder();
        for (String table : tables) {
            all.append(world.rows()
                    .sql("SELECT coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM " + table + " t")
                    .query(String.class)
                    .single());
        }
        return all.toString();
    }
}
