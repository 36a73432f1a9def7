package io.faradaybridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever knows the address calls while the bridge starts, as a webhook and a reverse proxy do at every update. */
@Tag("long")
class EarlyRequestStoryTest {

    @Test
    void before_the_flows_are_up_everybody_is_asked_to_come_again() throws Exception {
        try (BridgeWorld world = BridgeWorld.asleep(SandboxJira.Options.dataCenter())) {
            List<Integer> vulnerabilities = world.vulnerabilities(1);
            HttpRequest webhook = HttpRequest.newBuilder(world.url("/_api/v3/integrations/jira/update-issues"))
                    .header("X-Jira-Token", SampleFaraday.TOKEN_OF_ADMIN)
                    .POST(BodyPublishers.ofString(
                            "{\"title\": \"SEC-1\", \"desc\": \"\", \"priority\": \"High\", \"status\": \"Done\"}"))
                    .build();
            HttpRequest export = HttpRequest.newBuilder(world.url("/_api/v3/integrations/jira/export"))
                    .header("Content-Type", "application/json")
                    .header(
                            "Authorization",
                            BridgeWorld.basic("faraday", "faraday").get("Authorization"))
                    .POST(BodyPublishers.ofString(
                            "{\"vulnerability_ids\": " + vulnerabilities + ", \"project\": \"SEC\"}"))
                    .build();
            HttpClient http = HttpClient.newHttpClient();

            CompletableFuture<BridgeWorld> starting = CompletableFuture.supplyAsync(world::start);

            List<HttpResponse<String>> early = new ArrayList<>();
            boolean up = false;
            while (!up) {
                for (HttpRequest request : List.of(webhook, export)) {
                    try {
                        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
                        up |= answer.statusCode() == 202;
                        early.add(answer);
                    } catch (IOException notListening) {
                        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
                    }
                }
                assertThat(starting).isNotCompletedExceptionally();
            }
            starting.join();
            assertThat(early)
                    .filteredOn(answer -> answer.statusCode() != 202)
                    .isNotEmpty()
                    .allSatisfy(answer -> {
                        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
                        assertThat(BridgeWorld.json(answer.body())
                                        .path("message")
                                        .asText())
                                .contains("try again");
                    });
        }
    }
}
